package io.millrace.api.operator;

import io.millrace.api.time.Watermark;

/** An operator of two streams. */
public interface TwoInputStreamOperator<IN1, IN2, OUT> extends StreamOperator<OUT> {
    void processElement1(StreamRecord<IN1> element) throws Exception;

    /** Time of the first input alone; strictly higher at each call. */
    void processWatermark1(Watermark mark) throws Exception;

    /** Whether the operator should wait for the first input's time. */
    void processWatermarkStatus1(WatermarkStatus watermarkStatus) throws Exception;

    /** Never called: see {@link LatencyMarker}. */
    void processLatencyMarker1(LatencyMarker latencyMarker) throws Exception;

    /** Never called: see {@link RecordAttributes}. */
    default void processRecordAttributes1(RecordAttributes recordAttributes) throws Exception {}

    void processElement2(StreamRecord<IN2> element) throws Exception;

    /** Time of the second input alone; strictly higher at each call. */
    void processWatermark2(Watermark mark) throws Exception;

    /** Whether the operator should wait for the second input's time. */
    void processWatermarkStatus2(WatermarkStatus watermarkStatus) throws Exception;

    /** Never called: see {@link LatencyMarker}. */
    void processLatencyMarker2(LatencyMarker latencyMarker) throws Exception;

    /** Never called: see {@link RecordAttributes}. */
    default void processRecordAttributes2(RecordAttributes recordAttributes) throws Exception {}
}
