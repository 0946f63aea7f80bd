package io.millrace.api.sink;

import io.millrace.api.function.DefaultOpenContext;
import io.millrace.api.function.RichFunction;
import java.util.Objects;

/** A sink function as a sink; made by {@code addSink}. Immutable. */
@SuppressWarnings("deprecation")
public final class FunctionSink<IN> implements Sink<IN> {
    private static final long serialVersionUID = 1L;

    private final SinkFunction<IN> function;

    public FunctionSink(SinkFunction<IN> function) {
        this.function = Objects.requireNonNull(function, "sink function");
    }

    @Override
    public SinkWriter<IN> createWriter(WriterInitContext context) {
        if (function instanceof RichFunction rich) {
            open(rich, context);
        }
        return new FunctionWriter<>(function, context.getProcessingTimeService());
    }

    private static void open(RichFunction function, WriterInitContext context) {
        try {
            if (context instanceof RichWriterInitContext rich) {
                function.setRuntimeContext(rich.getRuntimeContext());
            }
            function.open(DefaultOpenContext.INSTANCE);
        } catch (Throwable e) {
            try {
                function.close();
            } catch (Throwable closing) {
                e.addSuppressed(closing);
            }
            throw FunctionWriter.unchanged(e);
        }
    }
}
