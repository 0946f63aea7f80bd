package io.millrace.api.stream;

import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/**
 * A process function of two streams that knows no keys, on two keyed streams: it has timers there.
 */
final class KeylessCoProcess<K, A, B, O> extends KeyedCoProcessFunction<K, A, B, O> {
    private static final long serialVersionUID = 1L;

    private final CoProcessFunction<A, B, O> function;
    private transient RecordView record;
    private transient TimerView timer;

    KeylessCoProcess(CoProcessFunction<A, B, O> function) {
        this.function = function;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        function.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        record = new RecordView(function);
        timer = new TimerView(function);
        function.open(openContext);
    }

    @Override
    public void close() throws Exception {
        function.close();
    }

    @Override
    public void processElement1(A value, Context ctx, Collector<O> out) throws Exception {
        record.context = ctx;
        function.processElement1(value, record, out);
    }

    @Override
    public void processElement2(B value, Context ctx, Collector<O> out) throws Exception {
        record.context = ctx;
        function.processElement2(value, record, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<O> out) throws Exception {
        timer.context = ctx;
        function.onTimer(timestamp, timer, out);
    }

    /** The keyed context as the function knows it. */
    private final class RecordView extends CoProcessFunction<A, B, O>.Context {
        private KeyedCoProcessFunction<K, A, B, O>.Context context;

        RecordView(CoProcessFunction<A, B, O> function) {
            function.super();
        }

        @Override
        public Long timestamp() {
            return context.timestamp();
        }

        @Override
        public TimerService timerService() {
            return context.timerService();
        }

        @Override
        public <X> void output(OutputTag<X> outputTag, X value) {
            context.output(outputTag, value);
        }
    }

    /** The keyed timer context as the function knows it. */
    private final class TimerView extends CoProcessFunction<A, B, O>.OnTimerContext {
        private KeyedCoProcessFunction<K, A, B, O>.OnTimerContext context;

        TimerView(CoProcessFunction<A, B, O> function) {
            function.super();
        }

        @Override
        public Long timestamp() {
            return context.timestamp();
        }

        @Override
        public TimerService timerService() {
            return context.timerService();
        }

        @Override
        public <X> void output(OutputTag<X> outputTag, X value) {
            context.output(outputTag, value);
        }

        @Override
        public TimeDomain timeDomain() {
            return context.timeDomain();
        }
    }
}
