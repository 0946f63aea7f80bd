package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.message.OperatorCommittables;
import java.util.List;

/**
 * What a task held at a barrier; what is frozen is still to be written. Handed over by the task,
 * closed by who has it.
 *
 * @param operators those with state only
 * @param channels what was on its way to the task
 * @param committables what the sinks have prepared
 * @param alignmentNanos from the first that the task heard of the checkpoint to the cut
 * @param turnNanos that the cut itself took
 * @param unaligned whether records were overtaken
 * @param afterClose called when it is closed, by the thread that closes it
 */
record TaskCut(
        List<OperatorCut> operators,
        List<FrozenState> channels,
        List<OperatorCommittables> committables,
        long alignmentNanos,
        long turnNanos,
        boolean unaligned,
        Runnable afterClose)
        implements AutoCloseable {

    TaskCut {
        operators = List.copyOf(operators);
        channels = List.copyOf(channels);
        committables = List.copyOf(committables);
    }

    /** What one operator held. */
    record OperatorCut(int operatorIndex, List<StatePart> parts, List<FrozenState> frozen) {
        OperatorCut {
            parts = List.copyOf(parts);
            frozen = List.copyOf(frozen);
        }
    }

    /** The same, which says when it is closed. */
    TaskCut whenClosed(Runnable then) {
        return new TaskCut(
                operators, channels, committables, alignmentNanos, turnNanos, unaligned, then);
    }

    /** Lets go of all that is frozen. */
    @Override
    public void close() {
        try {
            operators.forEach(operator -> operator.frozen().forEach(FrozenState::close));
            channels.forEach(FrozenState::close);
        } finally {
            afterClose.run();
        }
    }
}
