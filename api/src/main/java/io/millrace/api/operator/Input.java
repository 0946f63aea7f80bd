package io.millrace.api.operator;

import io.millrace.api.time.Watermark;

/** One input of an operator. Confined to its task. */
public interface Input<IN> {
    void processElement(StreamRecord<IN> element) throws Exception;

    /** Strictly higher at each call. */
    void processWatermark(Watermark mark) throws Exception;

    /** Whether the operator should wait for this input's time. */
    void processWatermarkStatus(WatermarkStatus watermarkStatus) throws Exception;

    /** Never called: see {@link LatencyMarker}. */
    void processLatencyMarker(LatencyMarker latencyMarker) throws Exception;

    /** Takes the key out of a record before it is processed. */
    void setKeyContextElement(StreamRecord<IN> record) throws Exception;

    /** Never called: see {@link RecordAttributes}. */
    default void processRecordAttributes(RecordAttributes recordAttributes) throws Exception {}
}
