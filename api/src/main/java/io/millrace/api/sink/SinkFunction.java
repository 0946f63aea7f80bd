package io.millrace.api.sink;

import io.millrace.api.function.Function;
import io.millrace.api.time.Watermark;
import java.io.Serializable;

/**
 * Takes each record. Confined to the task; may wait for its outside system.
 *
 * @deprecated a {@link Sink} can flush, commit and be restored
 */
@Deprecated
public interface SinkFunction<IN> extends Function, Serializable {
    /**
     * The older form, without context. The default drops the record.
     *
     * @deprecated override {@link #invoke(Object, Context)}
     */
    @Deprecated
    default void invoke(IN value) throws Exception {}

    /** Called for each record. The default calls {@link #invoke(Object)}. */
    default void invoke(IN value, Context context) throws Exception {
        invoke(value);
    }

    /** Called for each watermark. */
    default void writeWatermark(Watermark watermark) throws Exception {}

    /** Called once after the last record, not after a failure: what is held must go out. */
    default void finish() throws Exception {}

    /** What is known about the record. */
    interface Context {
        /** Milliseconds since the epoch. */
        long currentProcessingTime();

        /** Milliseconds since the epoch, {@code Long.MIN_VALUE} before the first watermark. */
        long currentWatermark();

        /** Milliseconds since the epoch, or null if the record has no timestamp. */
        Long timestamp();
    }
}
