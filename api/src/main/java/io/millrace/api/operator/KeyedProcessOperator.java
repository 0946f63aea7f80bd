package io.millrace.api.operator;

import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/** Gives the records of a keyed stream and their timers to a process function. */
public class KeyedProcessOperator<K, IN, OUT>
        extends AbstractUdfStreamOperator<OUT, KeyedProcessFunction<K, IN, OUT>>
        implements OneInputStreamOperator<IN, OUT>, Triggerable<K, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private transient FunctionMoment<OUT> moment;
    private transient KeyedProcessFunction<K, IN, OUT>.Context context;
    private transient KeyedProcessFunction<K, IN, OUT>.OnTimerContext timerContext;

    public KeyedProcessOperator(KeyedProcessFunction<K, IN, OUT> function) {
        super(function);
    }

    @Override
    public void open() throws Exception {
        super.open();
        moment =
                new FunctionMoment<>(
                        output,
                        getProcessingTimeService(),
                        getInternalTimerService(
                                "user-timers", VoidNamespaceSerializer.INSTANCE, this));
        context = contextOfRecord();
        timerContext = contextOfTimer();
    }

    @Override
    public void processElement(StreamRecord<IN> element) throws Exception {
        moment.ofRecord(element);
        userFunction.processElement(element.getValue(), context, moment.collector());
    }

    @Override
    public void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
        onTimer(TimeDomain.EVENT_TIME, timer);
    }

    @Override
    public void onProcessingTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
        onTimer(TimeDomain.PROCESSING_TIME, timer);
    }

    private void onTimer(TimeDomain domain, InternalTimer<K, VoidNamespace> timer)
            throws Exception {
        moment.ofTimer(domain, timer.getTimestamp());
        userFunction.onTimer(timer.getTimestamp(), timerContext, moment.collector());
    }

    @SuppressWarnings("unchecked") // keys of this stream
    private K key() {
        return (K) getCurrentKey();
    }

    private KeyedProcessFunction<K, IN, OUT>.Context contextOfRecord() {
        return userFunction.new Context() {
            @Override
            public Long timestamp() {
                return moment.timestamp();
            }

            @Override
            public TimerService timerService() {
                return moment;
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                moment.output(outputTag, value);
            }

            @Override
            public K getCurrentKey() {
                return key();
            }
        };
    }

    private KeyedProcessFunction<K, IN, OUT>.OnTimerContext contextOfTimer() {
        return userFunction.new OnTimerContext() {
            @Override
            public Long timestamp() {
                return moment.timerTimestamp();
            }

            @Override
            public TimerService timerService() {
                return moment;
            }

            @Override
            public <X> void output(OutputTag<X> outputTag, X value) {
                moment.output(outputTag, value);
            }

            @Override
            public TimeDomain timeDomain() {
                return moment.domain();
            }

            @Override
            public K getCurrentKey() {
                return key();
            }
        };
    }
}
