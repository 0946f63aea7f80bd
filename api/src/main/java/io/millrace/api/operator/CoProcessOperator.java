package io.millrace.api.operator;

import io.millrace.api.function.CoProcessFunction;
import io.millrace.api.function.OutputTag;
import io.millrace.api.time.TimerService;
import io.millrace.api.time.Watermark;

/** Gives the records of two streams to a process function. */
public class CoProcessOperator<IN1, IN2, OUT>
        extends AbstractUdfStreamOperator<OUT, CoProcessFunction<IN1, IN2, OUT>>
        implements TwoInputStreamOperator<IN1, IN2, OUT> {
    private static final long serialVersionUID = 1L;

    private transient FunctionMoment<OUT> moment;
    private transient CoProcessFunction<IN1, IN2, OUT>.Context context;

    public CoProcessOperator(CoProcessFunction<IN1, IN2, OUT> function) {
        super(function);
    }

    @Override
    public void open() throws Exception {
        super.open();
        moment = new FunctionMoment<>(output, getProcessingTimeService(), null);
        context = contextOfRecord();
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
    public void processWatermark(Watermark mark) throws Exception {
        moment.onWatermark(mark.getTimestamp());
        super.processWatermark(mark);
    }

    private CoProcessFunction<IN1, IN2, OUT>.Context contextOfRecord() {
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
        };
    }
}
