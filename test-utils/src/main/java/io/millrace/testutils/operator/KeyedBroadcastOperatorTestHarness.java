package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.time.Watermark;
import io.millrace.api.type.TypeInformation;

/** Runs an operator of a keyed and a broadcast input. Confined to the test. */
public class KeyedBroadcastOperatorTestHarness<K, IN1, IN2, OUT>
        extends AbstractStreamOperatorTestHarness<OUT> {
    private static final int RECORDS = 0;
    private static final int BROADCAST = 1;

    /**
     * @param keyType of the keys; keys say it themselves, so it may be null
     */
    public KeyedBroadcastOperatorTestHarness(
            TwoInputStreamOperator<IN1, IN2, OUT> operator,
            KeySelector<IN1, K> keySelector,
            TypeInformation<K> keyType)
            throws Exception {
        super(
                TwoInputStreamOperatorTestHarness.specOf(operator, keySelector, null),
                keySelector,
                null);
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
