package io.millrace.runtime.operator;

import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chunk.RecordChunk;

/** What is known about the record or timer that is being processed. Confined to its operator. */
final class RecordMoment {
    /** Of the record, and of what is emitted now. */
    long timestampMs = RecordChunk.NO_TIMESTAMP;

    Object key;

    /** Of the timer that fires. */
    long timerMs;

    /** Of the timer that fires. */
    TimeDomain domain;

    /** What is emitted for a timer of the wall clock has no timestamp. */
    void ofTimer(TimeDomain timeDomain, long timestamp, Object timerKey) {
        domain = timeDomain;
        timerMs = timestamp;
        key = timerKey;
        timestampMs = timeDomain == TimeDomain.EVENT_TIME ? timestamp : RecordChunk.NO_TIMESTAMP;
    }
}
