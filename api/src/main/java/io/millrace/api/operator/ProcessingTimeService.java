package io.millrace.api.operator;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;

/** The wall clock of a task, and calls at its times, for operators. Confined to the task. */
public interface ProcessingTimeService extends io.millrace.api.time.ProcessingTimeService {
    /**
     * Calls again and again, at times that are {@code period} apart. A call that comes late moves
     * none of the later ones.
     *
     * @param initialDelay milliseconds
     * @param period milliseconds, at least 1
     */
    ScheduledFuture<?> scheduleAtFixedRate(
            ProcessingTimeCallback callback, long initialDelay, long period);

    /**
     * Calls again and again, {@code period} after the end of the call before.
     *
     * @param initialDelay milliseconds
     * @param period milliseconds, at least 1
     */
    ScheduledFuture<?> scheduleWithFixedDelay(
            ProcessingTimeCallback callback, long initialDelay, long period);

    /** Makes no more calls. Complete at once, as calls run on the caller's thread. */
    CompletableFuture<Void> quiesce();
}
