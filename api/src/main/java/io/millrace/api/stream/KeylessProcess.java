package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/** A process function that knows no keys, on a keyed stream: it has timers there. */
final class KeylessProcess<K, I, O> extends KeyedProcessFunction<K, I, O> {
    private static final long serialVersionUID = 1L;

    private final ProcessFunction<I, O> function;
    private transient RecordView record;
    private transient TimerView timer;

    KeylessProcess(ProcessFunction<I, O> function) {
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
    public void processElement(I value, Context ctx, Collector<O> out) throws Exception {
        record.context = ctx;
        function.processElement(value, record, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<O> out) throws Exception {
        timer.context = ctx;
        function.onTimer(timestamp, timer, out);
    }

    /** The keyed context as the function knows it. */
    private final class RecordView extends ProcessFunction<I, O>.Context {
        private KeyedProcessFunction<K, I, O>.Context context;

        RecordView(ProcessFunction<I, O> function) {
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
    private final class TimerView extends ProcessFunction<I, O>.OnTimerContext {
        private KeyedProcessFunction<K, I, O>.OnTimerContext context;

        TimerView(ProcessFunction<I, O> function) {
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
