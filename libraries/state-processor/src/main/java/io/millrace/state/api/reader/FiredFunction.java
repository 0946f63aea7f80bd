package io.millrace.state.api.reader;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.function.Function;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.WrappingFunction;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Window;
import io.millrace.state.api.function.WindowReaderFunction;
import java.util.Set;

/** Lets an operator of windows show a reader function what fires. Confined to its task. */
public final class FiredFunction<IN, OUT, K, W extends Window>
        extends ProcessWindowFunction<IN, OUT, K, W> implements WrappingFunction {
    private static final long serialVersionUID = 1L;

    private final WindowReaderFunction<IN, OUT, K, W> function;
    private final boolean eventTime;

    public FiredFunction(WindowReaderFunction<IN, OUT, K, W> function, boolean eventTime) {
        this.function = function;
        this.eventTime = eventTime;
    }

    @Override
    public Function wrapped() {
        return function;
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
    public void process(K key, Context context, Iterable<IN> elements, Collector<OUT> out)
            throws Exception {
        function.readWindow(key, new Fired(context), elements, out);
    }

    @Override
    public void close() throws Exception {
        function.close();
    }

    /** A window that the operator fires by itself, once, when time has passed it. */
    private final class Fired implements WindowReaderFunction.Context<W> {
        private static final long serialVersionUID = 1L;

        private final Context context;

        Fired(Context context) {
            this.context = context;
        }

        @Override
        public W window() {
            return context.window();
        }

        @Override
        public <S extends State> S triggerState(StateDescriptor<S, ?> descriptor) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the trigger of these windows keeps no state, such as '"
                            + descriptor.getName()
                            + "': it fires once when time has passed the window.");
        }

        @Override
        public KeyedStateStore windowState() {
            return context.windowState();
        }

        @Override
        public KeyedStateStore globalState() {
            return context.globalState();
        }

        @Override
        public Set<Long> registeredEventTimeTimers() {
            return eventTime ? Set.of(context.window().maxTimestamp()) : Set.of();
        }

        @Override
        public Set<Long> registeredProcessingTimeTimers() {
            return eventTime ? Set.of() : Set.of(context.window().maxTimestamp());
        }
    }
}
