package io.millrace.testutils.operator;

import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.time.Watermark;

/** Runs an operator whose second input is broadcast. Confined to the test. */
public class BroadcastOperatorTestHarness<IN1, IN2, OUT>
        extends AbstractStreamOperatorTestHarness<OUT> {
    private static final int RECORDS = 0;
    private static final int BROADCAST = 1;

    public BroadcastOperatorTestHarness(TwoInputStreamOperator<IN1, IN2, OUT> operator)
            throws Exception {
        super(TwoInputStreamOperatorTestHarness.specOf(operator, null, null), null, null);
    }

    public void processElement(StreamRecord<IN1> element) throws Exception {
        process(RECORDS, element);
    }

    /**
     * @param timestamp milliseconds since the epoch
     */
    public void processElement(IN1 value, long timestamp) throws Exception {
        processElement(new StreamRecord<>(value, timestamp));
    }

    public void processBroadcastElement(StreamRecord<IN2> element) throws Exception {
        process(BROADCAST, element);
    }

    /**
     * @param timestamp milliseconds since the epoch
     */
    public void processBroadcastElement(IN2 value, long timestamp) throws Exception {
        processBroadcastElement(new StreamRecord<>(value, timestamp));
    }

    public void processWatermark(Watermark mark) throws Exception {
        processWatermark(mark.getTimestamp());
    }

    public void processWatermark(long timestamp) throws Exception {
        watermark(RECORDS, timestamp);
    }

    public void processBroadcastWatermark(Watermark mark) throws Exception {
        processBroadcastWatermark(mark.getTimestamp());
    }

    public void processBroadcastWatermark(long timestamp) throws Exception {
        watermark(BROADCAST, timestamp);
    }

    /** The operator ends when both inputs have. */
    public void endInput() throws Exception {
        end(RECORDS);
    }

    public void endBroadcastInput() throws Exception {
        end(BROADCAST);
    }
}
