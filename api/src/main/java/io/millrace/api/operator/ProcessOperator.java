package io.millrace.api.operator;

import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.time.TimerService;
import io.millrace.api.time.Watermark;

/** Gives records to a process function. */
public class ProcessOperator<IN, OUT>
        extends AbstractUdfStreamOperator<OUT, ProcessFunction<IN, OUT>>
        implements OneInputStreamOperator<IN, OUT> {
    private static final long serialVersionUID = 1L;

    private transient FunctionMoment<OUT> moment;
    private transient ProcessFunction<IN, OUT>.Context context;

    public ProcessOperator(ProcessFunction<IN, OUT> function) {
        super(function);
    }

    @Override
    public void open() throws Exception {
        super.open();
        moment = new FunctionMoment<>(output, getProcessingTimeService(), null);
        context = contextOfRecord();
    }

    @Override
    public void processElement(StreamRecord<IN> element) throws Exception {
        moment.ofRecord(element);
        userFunction.processElement(element.getValue(), context, moment.collector());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        moment.onWatermark(mark.getTimestamp());
        super.processWatermark(mark);
    }

    private ProcessFunction<IN, OUT>.Context contextOfRecord() {
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
