package io.millrace.runtime.operator.window;

import io.millrace.api.function.OutputTag;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Window;
import io.millrace.runtime.operator.OperatorContext;

/**
 * The context of a window function. It is an inner class of the user's function, and stands here
 * because operator classes may not have nested classes.
 */
final class WindowFunctionContexts {
    private WindowFunctionContexts() {}

    /**
     * @param windowStates of the moment's window; null if windows are merged and so have none
     */
    static ProcessWindowFunction<Object, Object, Object, Window>.Context of(
            ProcessWindowFunction<Object, Object, Object, Window> function,
            WindowMoment moment,
            OperatorContext context,
            WindowStates windowStates) {
        return function.new Context() {
            private static final long serialVersionUID = 1L;

            @Override
            public Window window() {
                return moment.window;
            }

            @Override
            public long currentProcessingTime() {
                return context.clockMs().getAsLong();
            }

            @Override
            public long currentWatermark() {
                return moment.watermarkMs;
            }

            @Override
            public KeyedStateStore windowState() {
                if (windowStates == null) {
                    throw new UnsupportedOperationException(
                            "The windows of operator '"
                                    + context.name()
                                    + "' are merged, so a window has no state of its own. Use"
                                    + " globalState(), which belongs to the key.");
                }
                return windowStates.of(moment.window);
            }

            @Override
            public KeyedStateStore globalState() {
                return context.runtimeContext().getKeyedStateStore();
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                context.sideOutputs().emit(outputTag, value, moment.window.maxTimestamp());
            }
        };
    }
}
