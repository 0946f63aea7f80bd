package io.millrace.runtime.state.unkeyed;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.OperatorStateStore;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.JobSerializers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The states without keys of one operator in one subtask, with what a checkpoint has left of them.
 * Confined to the task.
 *
 * <p>A state that was restored and that nobody asks for is kept as it was and saved again.
 */
public final class UnkeyedStates implements OperatorStateStore {
    private final String operator;
    private final JobSerializers serializers;
    private final SegmentSource segments;
    private final int subtask;
    private final int parallelism;
    private final Map<String, UnkeyedList<?>> lists = new LinkedHashMap<>();
    private final Map<String, BroadcastTable<?, ?>> tables = new LinkedHashMap<>();
    // What nobody has asked for, by kind and name.
    private final Map<Key, List<RestoredPart>> restored = new LinkedHashMap<>();

    /** Lists and tables have names of their own. */
    private record Key(boolean table, String name) {
        static Key of(StatePart part) {
            return new Key(part.kind() == StatePart.Kind.BROADCAST, part.name());
        }
    }

    /**
     * @param operator for messages
     * @param restored of the kinds of lists and maps
     */
    public UnkeyedStates(
            String operator,
            JobSerializers serializers,
            List<RestoredPart> restored,
            SegmentSource segments,
            int subtask,
            int parallelism) {
        this.operator = operator;
        this.serializers = serializers;
        this.segments = segments;
        this.subtask = subtask;
        this.parallelism = parallelism;
        for (RestoredPart part : restored) {
            this.restored.computeIfAbsent(Key.of(part.part()), key -> new ArrayList<>()).add(part);
        }
    }

    @Override
    public <S> ListState<S> getListState(ListStateDescriptor<S> stateDescriptor) {
        return list(stateDescriptor, StatePart.Kind.SPLIT_LIST);
    }

    @Override
    public <S> ListState<S> getUnionListState(ListStateDescriptor<S> stateDescriptor) {
        return list(stateDescriptor, StatePart.Kind.UNION_LIST);
    }

    @SuppressWarnings("unchecked") // the type is that of the descriptor with this name
    private <S> ListState<S> list(ListStateDescriptor<S> descriptor, StatePart.Kind kind) {
        UnkeyedList<?> known = lists.get(descriptor.getName());
        if (known == null) {
            known = restore(descriptor, kind);
            lists.put(descriptor.getName(), known);
        } else if (known.kind() != kind) {
            throw conflict(descriptor.getName(), known.kind(), kind);
        }
        return (ListState<S>) known;
    }

    private UnkeyedList<Object> restore(ListStateDescriptor<?> descriptor, StatePart.Kind kind) {
        UnkeyedList<Object> list =
                new UnkeyedList<>(
                        kind,
                        descriptor.getName(),
                        new ItemCodec(List.of(serializers.of(descriptor.elementType()))));
        List<RestoredPart> parts = take(new Key(false, descriptor.getName()));
        for (RestoredPart part : parts) {
            if (part.part().kind() != kind) {
                throw conflict(descriptor.getName(), part.part().kind(), kind);
            }
            read(part, list.elements()).forEach(values -> list.add(values[0]));
        }
        return list;
    }

    @Override
    @SuppressWarnings("unchecked") // the types are those of the descriptor with this name
    public <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> stateDescriptor) {
        return (BroadcastState<K, V>)
                tables.computeIfAbsent(stateDescriptor.getName(), name -> restore(stateDescriptor));
    }

    private BroadcastTable<Object, Object> restore(MapStateDescriptor<?, ?> descriptor) {
        BroadcastTable<Object, Object> table =
                new BroadcastTable<>(
                        descriptor.getName(),
                        new ItemCodec(
                                Arrays.asList(
                                        serializers.of(descriptor.keyType()),
                                        serializers.of(descriptor.valueType()))));
        for (RestoredPart part : take(new Key(true, descriptor.getName()))) {
            read(part, table.entryCodec()).forEach(entry -> table.put(entry[0], entry[1]));
        }
        return table;
    }

    private List<RestoredPart> take(Key key) {
        List<RestoredPart> parts = restored.remove(key);
        return parts == null ? List.of() : parts;
    }

    private List<Object[]> read(RestoredPart part, ItemCodec codec) {
        try {
            return codec.read(
                    part.part().description(), ItemForm.read(part, segments), serializers);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.SCHEMA_INCOMPATIBLE) {
                throw e;
            }
            throw new MillraceException(
                    ErrorCode.SCHEMA_INCOMPATIBLE,
                    "state '"
                            + part.part().name()
                            + "' of operator '"
                            + operator
                            + "' cannot be restored: "
                            + e.getMessage(),
                    e);
        }
    }

    private MillraceException conflict(String name, StatePart.Kind known, StatePart.Kind asked) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_INCOMPATIBLE,
                "state '"
                        + name
                        + "' of operator '"
                        + operator
                        + "' is a "
                        + known
                        + ", but was asked for as a "
                        + asked
                        + ". Ask for it as it was, or give the new state another name.");
    }

    @Override
    public Set<String> getRegisteredStateNames() {
        return names(lists.keySet(), false);
    }

    @Override
    public Set<String> getRegisteredBroadcastStateNames() {
        return names(tables.keySet(), true);
    }

    private Set<String> names(Set<String> known, boolean ofTables) {
        Set<String> all = new TreeSet<>(known);
        for (Key key : restored.keySet()) {
            if (key.table() == ofTables) {
                all.add(key.name());
            }
        }
        return all;
    }

    /** At a barrier. */
    public void snapshot(SnapshotTurn turn) {
        lists.values().forEach(list -> list.snapshot(turn));
        tables.values().forEach(table -> table.snapshot(turn));
        restored.values().forEach(parts -> parts.forEach(part -> handOn(part, turn)));
    }

    private void handOn(RestoredPart restoredPart, SnapshotTurn turn) {
        StatePart part = restoredPart.part();
        if (part.kind() == StatePart.Kind.UNION_LIST
                && restoredPart.subtask() % parallelism != subtask) {
            return; // everybody has it, and one of us saves it
        }
        FrozenItems.hand(
                turn,
                part.kind(),
                part.name(),
                part.description(),
                ItemForm.read(restoredPart, segments));
    }
}
