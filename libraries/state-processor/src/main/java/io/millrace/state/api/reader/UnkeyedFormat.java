package io.millrace.state.api.reader;

import io.millrace.api.input.GenericInputSplit;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.tuple.Tuple2;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.state.unkeyed.UnkeyedStates;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Reads a list or broadcast state of one operator: a split for what each subtask had. In memory is
 * what one subtask had. Confined to its task.
 */
public final class UnkeyedFormat<OUT> extends SavedFormat<OUT> {
    private static final long serialVersionUID = 1L;

    private final StatePart.Kind kind;
    private final String state;
    private final Reading<OUT> reading;
    private transient Iterator<OUT> items; // null between splits

    /** Takes items out of the state of a subtask. */
    private interface Reading<OUT> extends Serializable {
        Iterator<OUT> of(UnkeyedStates states) throws Exception;
    }

    private UnkeyedFormat(
            String path,
            String operatorId,
            StatePart.Kind kind,
            String state,
            Reading<OUT> reading) {
        super(path, operatorId);
        this.kind = kind;
        this.state = state;
        this.reading = reading;
    }

    /** Of a list whose elements are dealt out. */
    public static <T> UnkeyedFormat<T> list(
            String path, String operatorId, ListStateDescriptor<T> descriptor) {
        return new UnkeyedFormat<>(
                path,
                operatorId,
                StatePart.Kind.SPLIT_LIST,
                descriptor.getName(),
                states -> states.getListState(descriptor).get().iterator());
    }

    /** Of a list that all subtasks get; each element once. */
    public static <T> UnkeyedFormat<T> union(
            String path, String operatorId, ListStateDescriptor<T> descriptor) {
        return new UnkeyedFormat<>(
                path,
                operatorId,
                StatePart.Kind.UNION_LIST,
                descriptor.getName(),
                states -> states.getUnionListState(descriptor).get().iterator());
    }

    /** Of broadcast state: its entries as one subtask has them, which all have alike. */
    public static <K, V> UnkeyedFormat<Tuple2<K, V>> broadcast(
            String path, String operatorId, MapStateDescriptor<K, V> descriptor) {
        return new UnkeyedFormat<>(
                path,
                operatorId,
                StatePart.Kind.BROADCAST,
                descriptor.getName(),
                states -> {
                    List<Tuple2<K, V>> entries = new ArrayList<>();
                    for (Map.Entry<K, V> entry :
                            states.getBroadcastState(descriptor).immutableEntries()) {
                        entries.add(Tuple2.of(entry.getKey(), entry.getValue()));
                    }
                    return entries.iterator();
                });
    }

    private List<RestoredPart> parts() {
        List<RestoredPart> all = operator().state(kind, state);
        return kind == StatePart.Kind.BROADCAST ? all.subList(0, 1) : all;
    }

    /**
     * @throws io.millrace.api.error.MillraceException {@code PROGRAM_INVALID} naming the states
     *     that there are, if this one is not
     */
    public void check() {
        parts();
    }

    @Override
    int splits(int minSplits) {
        return parts().size();
    }

    @Override
    public void open(GenericInputSplit split) throws IOException {
        RestoredPart part = parts().get(split.getSplitNumber());
        UnkeyedStates states =
                new UnkeyedStates(
                        operator().name(),
                        serializers(),
                        List.of(part),
                        operator().segments(),
                        0,
                        1);
        try {
            items = reading.of(states);
        } catch (Exception e) {
            throw asIo("state '" + state + "' cannot be read", e);
        }
    }

    @Override
    public boolean reachedEnd() {
        return !items.hasNext();
    }

    @Override
    public OUT nextRecord(OUT reuse) {
        return items.next();
    }

    @Override
    public void close() {
        items = null;
    }
}
