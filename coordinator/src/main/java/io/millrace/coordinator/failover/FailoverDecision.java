package io.millrace.coordinator.failover;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ErrorCode.Advice;
import io.millrace.runtime.message.FailureReport;
import java.util.OptionalLong;

/** What follows from the failure of a region. A closed family of values. */
public sealed interface FailoverDecision {
    /** The region starts again. */
    record Restart(long delayMs) implements FailoverDecision {
        /**
         * The same without a pause for what has gone with its worker for the first time: it starts
         * somewhere else, so a pause helps nobody, and others wait for what it makes. If the same
         * tasks lose a worker again, they may be why, and the strategy's pause is kept.
         *
         * @param history of the restarts before this one, of the tasks that start again
         */
        public Restart atOnceIfBystander(FailureReport failure, RestartHistory history) {
            return failure.code() == ErrorCode.WORKER_LOST && history.count() == 0
                    ? new Restart(0)
                    : this;
        }
    }

    /** The job ends with this failure, whose first words are the root cause. */
    record Fail(FailureReport failure) implements FailoverDecision {}

    /**
     * Decides. Pure.
     *
     * @param retries what the job tries again
     * @param canGoBack whether the job has a past to start from: a checkpoint, or its beginning, if
     *     every source ends by itself or nothing has left the job yet
     * @param history of the restarts before this failure
     */
    static FailoverDecision of(
            FailureReport failure,
            Retries retries,
            boolean canGoBack,
            RestartStrategy strategy,
            RestartHistory history,
            long nowMs) {
        boolean ownFault = failure.code().advice() == Advice.FAIL;
        if (retries.isFinal(failure) || ownFault && !canGoBack) {
            return new Fail(failure);
        }
        if (!canGoBack) {
            return new Fail(
                    because(
                            failure,
                            ErrorCode.NO_CHECKPOINT_TO_RESTORE,
                            "The job is unbounded and takes no checkpoints: starting again would"
                                    + " forget its state. Enable checkpointing, or start it anew if"
                                    + " that is wanted."));
        }
        OptionalLong delayMs = strategy.nextDelayMs(history, nowMs);
        if (delayMs.isPresent()) {
            return new Restart(delayMs.getAsLong());
        }
        return new Fail(
                because(
                        failure,
                        ownFault ? failure.code() : ErrorCode.RESTARTS_EXHAUSTED,
                        "Restarted "
                                + history.count()
                                + " times; the limit is "
                                + strategy.limit()
                                + " (restart.strategy, restart.attempts)."));
    }

    private static FailureReport because(FailureReport root, ErrorCode code, String consequence) {
        return root.leadingTo(code, root.headline() + " " + consequence);
    }
}
