package io.millrace.api.time;

import java.util.concurrent.ScheduledFuture;

/** The wall clock of a task, and calls at a time of it. Confined to the task. */
public interface ProcessingTimeService {
    /** Milliseconds since the epoch. */
    long getCurrentProcessingTime();

    /**
     * Calls {@code target} once, on the task's thread, between two records. What it throws fails
     * the task. A task that has come to the end of its input makes no call any more.
     *
     * @param timestamp milliseconds since the epoch; what is past is due at once
     * @return for cancelling; not for waiting, which would block the task
     */
    ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target);

    /** What is called. */
    interface ProcessingTimeCallback {
        /**
         * @param time the one that was asked for, in milliseconds since the epoch
         */
        void onProcessingTime(long time) throws Exception;
    }
}
