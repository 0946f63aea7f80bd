package io.millrace.api.sink;

import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.time.Watermark;

/** Drops every record; for {@code sinkTo} and for {@code addSink}. */
@SuppressWarnings("deprecation")
public class DiscardingSink<IN>
        implements Sink<IN>, SinkFunction<IN>, SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<IN> createWriter(WriterInitContext context) {
        return new DiscardingWriter<>();
    }

    @Override
    public void invoke(IN value) {}

    @Override
    public void writeWatermark(Watermark watermark) {}

    /** Drops. */
    private static final class DiscardingWriter<IN> implements SinkWriter<IN> {
        @Override
        public void write(IN element, Context context) {}

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
