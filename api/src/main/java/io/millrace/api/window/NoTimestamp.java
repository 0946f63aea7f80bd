package io.millrace.api.window;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** The check that a record which is to be put into windows of event time has a time. Pure. */
final class NoTimestamp {
    private NoTimestamp() {}

    static void check(long timestamp, WindowAssigner<?, ?> assigner) {
        if (timestamp == Long.MIN_VALUE) {
            throw new MillraceException(
                    ErrorCode.RECORD_WITHOUT_TIMESTAMP,
                    "a record without a timestamp cannot be put into windows of event time, which"
                            + " "
                            + assigner
                            + " makes. Give the stream timestamps with"
                            + " assignTimestampsAndWatermarks(…), or use windows of processing"
                            + " time.");
        }
    }
}
