package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.message.OperatorCommittables;
import java.util.List;

/**
 * The end of a task after its last input: the operators emit what they hold, the end goes out, a
 * checkpoint is waited for where a function wants one, and the operators are closed. {@link
 * EndStage} says what follows what. Confined to the task.
 */
final class TaskEnd {
    private final Chain chain;
    private final TaskCheckpoints checkpoints;
    private final OpenCuts cuts;
    private final Runnable whenClosed;
    private final boolean mayAwait;
    // Restored when the operators held nothing any more: only the end is passed on.
    private final boolean through;
    private final Finishing operators;
    private EndStage stage = EndStage.EMITTING;
    private List<OperatorCommittables> prepared = List.of();
    private boolean closed;

    /**
     * @param through whether the operators were restored when they held nothing any more
     * @param whenClosed called once, after the operators are closed at a good end
     */
    TaskEnd(
            Chain chain,
            CheckpointSettings settings,
            TaskCheckpoints checkpoints,
            OpenCuts cuts,
            boolean through,
            Runnable whenClosed) {
        this.chain = chain;
        this.checkpoints = checkpoints;
        this.cuts = cuts;
        this.mayAwait = !through && settings.isEnabled() && settings.afterTasksFinish();
        this.through = through;
        this.whenClosed = whenClosed;
        this.operators = new Finishing(chain);
    }

    /** The operators are not opened, and so there is nothing to close. */
    void nothingIsOpen() {
        operators.nothingIsOpen();
    }

    /** Whether mail and timers reach the operators. */
    boolean hears() {
        return stage.hears();
    }

    /** Whether a checkpoint may be cut between two turns. */
    boolean mayCut() {
        return stage.mayCut(operators.hasBegun());
    }

    boolean isOver() {
        return stage == EndStage.OVER;
    }

    /** What the sinks have for their committers, once the operators have emitted everything. */
    List<OperatorCommittables> prepared() {
        return prepared;
    }

    /**
     * Goes on as far as can be gone at once. Returns how much it did.
     *
     * @param drained whether the outputs have taken everything
     */
    int turn(boolean drained) {
        return switch (stage) {
            case EMITTING -> drained ? emit() : 0;
            case AWAITING -> checkpoints.isSafeAfterInput() ? enter(EndStage.WRITING) : 0;
            case WRITING -> drained && cuts.areNone() ? end() : 0;
            case OVER -> 0;
        };
    }

    private int emit() {
        if (!through) {
            Finishing.Step step = operators.step(!checkpoints.isDraining());
            if (step != Finishing.Step.DONE) {
                return step == Finishing.Step.WAITS ? 0 : 1;
            }
            prepared = operators.prepare();
        }
        boolean awaits =
                !through && checkpoints.isDraining() || mayAwait && operators.awaitsCheckpoint();
        EndStage next = EndStage.afterEmitting(awaits);
        if (next == EndStage.WRITING && cuts.areNone()) {
            close(); // then nobody behind is through if a function fails in its last call
        }
        sendEnd();
        if (next == EndStage.AWAITING) {
            checkpoints.onAfterInput();
        }
        return enter(next);
    }

    private int enter(EndStage next) {
        stage = next;
        return 1;
    }

    private void sendEnd() {
        for (EdgeOutput output : chain.outputs()) {
            if (through) { // then no operator has said that all time is over
                output.send(new ControlEvent.Watermark(Long.MAX_VALUE));
            }
            output.send(new ControlEvent.EndOfInput());
        }
    }

    private int end() {
        close();
        return enter(EndStage.OVER);
    }

    private void close() {
        if (!closed) {
            closed = true;
            operators.release();
            whenClosed.run();
        }
    }

    /** Closes the operators, whatever they hold, unless they are; the task has failed. */
    void release() {
        operators.release();
    }
}
