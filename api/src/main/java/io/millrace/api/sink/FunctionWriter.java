package io.millrace.api.sink;

import io.millrace.api.function.RichFunction;
import io.millrace.api.time.ProcessingTimeService;
import io.millrace.api.time.Watermark;

/** Calls a sink function. Confined to its task. */
@SuppressWarnings("deprecation")
final class FunctionWriter<IN> implements SinkWriter<IN>, SinkFunction.Context {
    private final SinkFunction<IN> function;
    private final ProcessingTimeService clock;

    /** Of the record that is being written. */
    private Context record;

    FunctionWriter(SinkFunction<IN> function, ProcessingTimeService clock) {
        this.clock = clock;
        this.function = function;
    }

    @Override
    public void write(IN element, Context context) {
        record = context;
        try {
            function.invoke(element, this);
        } catch (Exception e) {
            throw unchanged(e);
        }
    }

    @Override
    public void writeWatermark(Watermark watermark) {
        try {
            function.writeWatermark(watermark);
        } catch (Exception e) {
            throw unchanged(e);
        }
    }

    @Override
    public void flush(boolean endOfInput) {
        if (endOfInput) {
            try {
                function.finish();
            } catch (Exception e) {
                throw unchanged(e);
            }
        }
    }

    @Override
    public long currentProcessingTime() {
        return clock.getCurrentProcessingTime();
    }

    @Override
    public long currentWatermark() {
        return record.currentWatermark();
    }

    @Override
    public Long timestamp() {
        return record.timestamp();
    }

    @Override
    public void close() throws Exception {
        if (function instanceof RichFunction rich) {
            rich.close();
        }
    }

    // A sink function may throw anything, and it is reported as it is.
    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException unchanged(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
