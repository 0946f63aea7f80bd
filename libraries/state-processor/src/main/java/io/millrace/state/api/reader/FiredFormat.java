package io.millrace.state.api.reader;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.input.GenericInputSplit;
import io.millrace.api.option.Config;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.state.api.operator.Blueprint;
import io.millrace.state.api.operator.LoneOperator;
import io.millrace.state.api.operator.Place;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads windows that only their own operator understands: the operator is made with a range of
 * keys, all time passes, and what fires is what is read. Windows that have fired before are not. In
 * memory is what a range has and what is made of it. Confined to its task.
 */
public final class FiredFormat<OUT> extends SavedFormat<OUT> {
    private static final long serialVersionUID = 1L;

    private final Blueprint blueprint;
    private final String backend;
    private transient ArrayDeque<OUT> fired; // null between splits

    /**
     * @param blueprint of the operator, with a {@link FiredFunction}
     */
    public FiredFormat(String path, Blueprint blueprint, String backend) {
        super(path, blueprint.id());
        this.blueprint = blueprint;
        this.backend = backend;
    }

    @Override
    int splits(int minSplits) {
        return RangeFormat.ranges(operator(), minSplits);
    }

    @Override
    public void open(GenericInputSplit split) throws IOException {
        fired = new ArrayDeque<>();
        int number = split.getSplitNumber();
        int ranges = split.getTotalNumberOfSplits();
        int groups = operator().entry().maxParallelism();
        int first = KeyGroups.first(number, ranges, groups);
        int last = KeyGroups.last(number, ranges, groups);
        List<RestoredPart> parts =
                new ArrayList<>(operator().parts(StatePart.Kind.KEYED, first, last));
        parts.addAll(operator().parts(StatePart.Kind.TIMERS, first, last));
        Place place =
                new Place(
                        number,
                        ranges,
                        groups,
                        Config.empty().with(CheckpointOptions.STATE_BACKEND, backend),
                        getRuntimeContext().getUserCodeClassLoader());
        try (LoneOperator operator =
                LoneOperator.restored(
                        blueprint, place, parts, operator().segments(), new Taker())) {
            operator.endTime();
        } catch (Exception e) {
            throw asIo("the windows of operator '" + operator().name() + "' cannot be read", e);
        }
    }

    /** Takes what the function makes. */
    private final class Taker extends Receiver {
        @Override
        @SuppressWarnings("unchecked") // as the function says
        public void push(Object record, long timestampMs) {
            fired.add((OUT) record);
        }

        @Override
        public void watermark(long timestampMs) {}

        @Override
        public void idle() {}
    }

    @Override
    public boolean reachedEnd() {
        return fired.isEmpty();
    }

    @Override
    public OUT nextRecord(OUT reuse) {
        return fired.poll();
    }

    @Override
    public void close() {
        fired = null;
    }
}
