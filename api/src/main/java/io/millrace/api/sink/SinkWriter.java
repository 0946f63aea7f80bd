package io.millrace.api.sink;

import io.millrace.api.time.Watermark;
import java.io.IOException;

/** Writes the records of one subtask. Confined to the task; may wait for its outside system. */
public interface SinkWriter<InputT> extends AutoCloseable {
    void write(InputT element, Context context) throws IOException, InterruptedException;

    /**
     * Called before a checkpoint and at the end of input: everything written so far must be
     * durable, or be part of what is prepared, when this returns.
     */
    void flush(boolean endOfInput) throws IOException, InterruptedException;

    default void writeWatermark(Watermark watermark) throws IOException, InterruptedException {}

    /** What is known about the record. */
    interface Context {
        long currentWatermark();

        /** Milliseconds since the epoch, or null if the record has no timestamp. */
        Long timestamp();
    }
}
