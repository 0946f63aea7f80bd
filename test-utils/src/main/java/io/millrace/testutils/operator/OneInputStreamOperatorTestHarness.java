package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.EngineOperator;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.time.Watermark;
import java.util.Collection;

/** Runs an operator of one input. Confined to the test. */
public class OneInputStreamOperatorTestHarness<IN, OUT>
        extends AbstractStreamOperatorTestHarness<OUT> {
    public OneInputStreamOperatorTestHarness(OneInputStreamOperator<IN, OUT> operator)
            throws Exception {
        this(operator, (KeySelector<?, ?>) null);
    }

    OneInputStreamOperatorTestHarness(
            OneInputStreamOperator<IN, OUT> operator, KeySelector<?, ?> key) {
        super(specOf(operator, key), key);
    }

    OneInputStreamOperatorTestHarness(OperatorSpec spec, KeySelector<?, ?> key) {
        super(spec, key);
    }

    private static OperatorSpec specOf(
            OneInputStreamOperator<?, ?> operator, KeySelector<?, ?> key) {
        return operator instanceof EngineOperator<?, ?> engine
                ? engine.spec()
                : new OperatorSpec.TransformSpec(SimpleOperatorFactory.of(operator), key);
    }

    /** Without a timestamp. */
    public void processElement(IN value) throws Exception {
        processElement(new StreamRecord<>(value));
    }

    /**
     * @param timestamp milliseconds since the epoch
     */
    public void processElement(IN value, long timestamp) throws Exception {
        processElement(new StreamRecord<>(value, timestamp));
    }

    public void processElement(StreamRecord<IN> element) throws Exception {
        process(0, element);
    }

    public void processElements(Collection<StreamRecord<IN>> elements) throws Exception {
        for (StreamRecord<IN> each : elements) {
            processElement(each);
        }
    }

    /** One that is not higher than the last has no effect, as in a job. */
    public void processWatermark(long watermark) throws Exception {
        watermark(0, watermark);
    }

    public void processWatermark(Watermark mark) throws Exception {
        processWatermark(mark.getTimestamp());
    }

    /** The input has ended: the operator emits what it holds. */
    public void endInput() throws Exception {
        end(0);
    }
}
