package io.millrace.api.sink;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.DefaultOpenContext;
import io.millrace.api.function.RichFunction;
import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import java.util.Objects;

/** A sink function as a sink; made by {@code addSink}. Immutable. */
@SuppressWarnings("deprecation")
public final class FunctionSink<IN> implements Sink<IN> {
    private static final long serialVersionUID = 1L;

    private final SinkFunction<IN> function;

    public FunctionSink(SinkFunction<IN> function) {
        this.function = Objects.requireNonNull(function, "sink function");
    }

    /** Whether several attempts of a subtask may call the function at once, each its own copy. */
    public boolean supportsConcurrentAttempts() {
        return function instanceof SupportsConcurrentExecutionAttempts;
    }

    @Override
    public SinkWriter<IN> createWriter(WriterInitContext context) {
        open(context);
        return new FunctionWriter<>(function, context.getProcessingTimeService());
    }

    private void open(WriterInitContext context) {
        RichFunction richFunction = function instanceof RichFunction rich ? rich : null;
        try {
            if (context instanceof RichWriterInitContext known) {
                if (richFunction != null) {
                    richFunction.setRuntimeContext(known.getRuntimeContext());
                }
                known.functions().manage(function, FunctionHost.Caller.DIRECT);
            }
            if (richFunction != null) {
                richFunction.open(DefaultOpenContext.INSTANCE);
            }
        } catch (Throwable e) {
            try {
                if (richFunction != null) {
                    richFunction.close();
                }
            } catch (Throwable closing) {
                e.addSuppressed(closing);
            }
            throw FunctionWriter.unchanged(e);
        }
    }
}
