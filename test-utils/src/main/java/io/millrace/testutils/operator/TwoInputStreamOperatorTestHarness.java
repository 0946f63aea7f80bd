package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.time.Watermark;

/** Runs an operator of two inputs; its time is that of the slower one. Confined to the test. */
public class TwoInputStreamOperatorTestHarness<IN1, IN2, OUT>
        extends AbstractStreamOperatorTestHarness<OUT> {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    public TwoInputStreamOperatorTestHarness(TwoInputStreamOperator<IN1, IN2, OUT> operator)
            throws Exception {
        this(operator, null, null);
    }

    TwoInputStreamOperatorTestHarness(
            TwoInputStreamOperator<IN1, IN2, OUT> operator,
            KeySelector<?, ?> firstKey,
            KeySelector<?, ?> secondKey) {
        super(specOf(operator, firstKey, secondKey), firstKey, secondKey);
    }

    TwoInputStreamOperatorTestHarness(
            OperatorSpec spec, KeySelector<?, ?> firstKey, KeySelector<?, ?> secondKey) {
        super(spec, firstKey, secondKey);
    }

    static OperatorSpec specOf(
            TwoInputStreamOperator<?, ?, ?> operator,
            KeySelector<?, ?> firstKey,
            KeySelector<?, ?> secondKey) {
        return operator instanceof TwoInputFunctionOperator<?, ?, ?> ofFunction
                ? ofFunction.spec(firstKey, secondKey)
                : new OperatorSpec.CoTransformSpec(
                        SimpleOperatorFactory.of(operator), firstKey, secondKey);
    }

    public void processElement1(StreamRecord<IN1> element) throws Exception {
        process(FIRST, element);
    }

    /**
     * @param timestamp milliseconds since the epoch
     */
    public void processElement1(IN1 value, long timestamp) throws Exception {
        processElement1(new StreamRecord<>(value, timestamp));
    }

    public void processElement2(StreamRecord<IN2> element) throws Exception {
        process(SECOND, element);
    }

    /**
     * @param timestamp milliseconds since the epoch
     */
    public void processElement2(IN2 value, long timestamp) throws Exception {
        processElement2(new StreamRecord<>(value, timestamp));
    }

    public void processWatermark1(Watermark mark) throws Exception {
        watermark(FIRST, mark.getTimestamp());
    }

    public void processWatermark2(Watermark mark) throws Exception {
        watermark(SECOND, mark.getTimestamp());
    }

    /** Of both inputs. */
    public void processBothWatermarks(Watermark mark) throws Exception {
        processWatermark1(mark);
        processWatermark2(mark);
    }

    /** The operator ends when both inputs have. */
    public void endInput1() throws Exception {
        end(FIRST);
    }

    public void endInput2() throws Exception {
        end(SECOND);
    }
}
