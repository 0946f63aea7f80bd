package io.millrace.state.api.writer;

import io.millrace.api.function.Collector;
import io.millrace.api.function.Function;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.WrappingFunction;
import io.millrace.api.time.TimerService;
import io.millrace.state.api.function.KeyedStateBootstrapFunction;

/** Lets the engine's operator for keyed functions call a bootstrap function. Confined. */
public final class KeyedBootstrap<K, T> extends KeyedProcessFunction<K, T, Void>
        implements WrappingFunction {
    private static final long serialVersionUID = 1L;

    private final KeyedStateBootstrapFunction<K, T> function;
    private transient Moment moment;

    public KeyedBootstrap(KeyedStateBootstrapFunction<K, T> function) {
        this.function = function;
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
        moment = new Moment();
        function.open(openContext);
    }

    @Override
    public void processElement(T value, Context ctx, Collector<Void> out) throws Exception {
        if (moment.of == null) {
            moment.of = ctx;
            moment.own = moment.within(function);
        }
        function.processElement(value, moment.own);
    }

    @Override
    public void close() throws Exception {
        function.close();
    }

    /** The engine has one context for all records, so the function has one, too. */
    private final class Moment {
        private Context of;
        private KeyedStateBootstrapFunction<K, T>.Context own;

        private KeyedStateBootstrapFunction<K, T>.Context within(
                KeyedStateBootstrapFunction<K, T> outer) {
            return outer.new Context() {
                @Override
                public TimerService timerService() {
                    return of.timerService();
                }

                @Override
                public K getCurrentKey() {
                    return of.getCurrentKey();
                }
            };
        }
    }
}
