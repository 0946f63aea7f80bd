package io.millrace.runtime.checkpoint;

import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.AttemptId;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a checkpoint has of one task. Immutable.
 *
 * @param finished the task had read all its input and holds nothing any more; then there is no
 *     state here, and what its sinks had prepared was in its last {@code TaskChanged}
 * @param operators those with state only
 * @param channels records that were on their way to the task, of the kind {@code CHANNEL}
 * @param committables what the sinks prepared at the barrier
 * @param timing for people
 */
public record TaskSnapshot(
        AttemptId attempt,
        boolean finished,
        List<OperatorSnapshot> operators,
        List<StatePart> channels,
        List<OperatorCommittables> committables,
        Timing timing) {

    public TaskSnapshot {
        operators = List.copyOf(operators);
        channels = List.copyOf(channels);
        committables = List.copyOf(committables);
    }

    /** Where its state lies in files. */
    public Stream<SegmentRef> segments() {
        return Stream.concat(
                operators.stream()
                        .flatMap(operator -> operator.parts().stream())
                        .flatMap(StatePart::segments),
                channels.stream().flatMap(StatePart::segments));
    }

    /**
     * Where the time went.
     *
     * @param alignmentNanos from the first barrier to the last
     * @param turnNanos in the task's turn, while it processed nothing else
     * @param writeNanos on the snapshot thread
     * @param writtenBytes to the worker's file
     * @param channelBytes of records on their way, part of {@code writtenBytes}
     * @param unaligned whether it did not wait for all barriers
     */
    public record Timing(
            long alignmentNanos,
            long turnNanos,
            long writeNanos,
            long writtenBytes,
            long channelBytes,
            boolean unaligned) {
        public static final Timing NONE = new Timing(0, 0, 0, 0, 0, false);
    }

    /** Of a task that had ended before the barrier. */
    public static TaskSnapshot ofFinished(AttemptId attempt) {
        return new TaskSnapshot(attempt, true, List.of(), List.of(), List.of(), Timing.NONE);
    }
}
