package io.millrace.state.api.writer;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.OperatorStateStore;
import io.millrace.state.api.function.BroadcastStateBootstrapFunction;

/** Gives a bootstrap function broadcast state to write to. Confined. */
public final class BroadcastBootstrap<T> extends ProcessFunction<T, Void>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final BroadcastStateBootstrapFunction<T> function;
    private transient OperatorStateStore states;

    public BroadcastBootstrap(BroadcastStateBootstrapFunction<T> function) {
        this.function = function;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        states = context.getOperatorStateStore();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // What records have put there is the state.
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        function.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        function.open(openContext);
    }

    @Override
    public void processElement(T value, Context ctx, Collector<Void> out) throws Exception {
        function.processElement(
                value,
                new BroadcastStateBootstrapFunction.Context() {
                    @Override
                    public long currentProcessingTime() {
                        return ctx.timerService().currentProcessingTime();
                    }

                    @Override
                    public <K, V> BroadcastState<K, V> getBroadcastState(
                            MapStateDescriptor<K, V> descriptor) {
                        return broadcast(descriptor);
                    }
                });
    }

    private <K, V> BroadcastState<K, V> broadcast(MapStateDescriptor<K, V> descriptor) {
        try {
            return states.getBroadcastState(descriptor);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new MillraceException(
                    ErrorCode.INTERNAL, "broadcast state '" + descriptor.getName() + "': " + e, e);
        }
    }

    @Override
    public void close() throws Exception {
        function.close();
    }
}
