package io.millrace.api.operator;

import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.TimerService;

/** Gives the records of two keyed streams and their timers to a process function. */
public class KeyedCoProcessOperator<K, IN1, IN2, OUT>
        extends AbstractUdfStreamOperator<OUT, KeyedCoProcessFunction<K, IN1, IN2, OUT>>
        implements TwoInputStreamOperator<IN1, IN2, OUT>, Triggerable<K, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private transient FunctionMoment<OUT> moment;
    private transient KeyedCoProcessFunction<K, IN1, IN2, OUT>.Context context;
    private transient KeyedCoProcessFunction<K, IN1, IN2, OUT>.OnTimerContext timerContext;

    public KeyedCoProcessOperator(KeyedCoProcessFunction<K, IN1, IN2, OUT> function) {
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
    public void processElement1(StreamRecord<IN1> element) throws Exception {
        moment.ofRecord(element);
        userFunction.processElement1(element.getValue(), context, moment.collector());
    }

    @Override
    public void processElement2(StreamRecord<IN2> element) throws Exception {
        moment.ofRecord(element);
        userFunction.processElement2(element.getValue(), context, moment.collector());
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

    private KeyedCoProcessFunction<K, IN1, IN2, OUT>.Context contextOfRecord() {
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

    private KeyedCoProcessFunction<K, IN1, IN2, OUT>.OnTimerContext contextOfTimer() {
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
