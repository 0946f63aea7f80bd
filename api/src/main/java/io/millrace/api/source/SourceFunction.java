package io.millrace.api.source;

import io.millrace.api.function.Function;
import io.millrace.api.time.Watermark;
import java.io.Serializable;

/**
 * A source that emits from a loop of its own: {@link #run} is called once, on a thread of its own,
 * and emits until there is nothing more or {@link #cancel} is called. Runs in one subtask; see
 * {@link ParallelSourceFunction}.
 *
 * @deprecated a {@link Source} has splits, needs no thread and can be restored
 */
@Deprecated
public interface SourceFunction<T> extends Function, Serializable {
    /**
     * Emits until the end. Returning ends the subtask's input; what is thrown fails the task.
     *
     * <p>While the loop changes state that goes with what it emits, it holds {@link
     * SourceContext#getCheckpointLock()}.
     */
    void run(SourceContext<T> ctx) throws Exception;

    /**
     * Makes {@link #run} return soon. Called by another thread, also after a failure elsewhere in
     * the task. A loop that has not ended half a second later is interrupted, again and again.
     */
    void cancel();

    /**
     * Takes what a source function emits. Thread-safe: other threads may emit as well, also while
     * {@link #run} waits, but not after it has returned.
     */
    interface SourceContext<T> {
        /**
         * Emits a record without timestamp. Waits while the task is behind. The record is copied if
         * it can change, unless the job reuses objects; then it must not be changed any more.
         *
         * @param element not null
         * @throws IllegalStateException if the function has returned
         */
        void collect(T element);

        /**
         * Emits a record.
         *
         * @param timestamp milliseconds since the epoch
         */
        void collectWithTimestamp(T element, long timestamp);

        /** No record with this or a lower timestamp will come. */
        void emitWatermark(Watermark mark);

        /** No record will come for a while; the next record or watermark ends it. */
        void markAsTemporarilyIdle();

        /** Held while a record is taken over, and by whoever may not be interrupted by that. */
        Object getCheckpointLock();

        /** No record will come any more. */
        void close();
    }
}
