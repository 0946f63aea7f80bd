package io.millrace.runtime.operator.window;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/** The error of a record that is to be put into a window of event time and has no time. Pure. */
final class NoTimestamp {
    private NoTimestamp() {}

    static MillraceException in(String operator) {
        return new MillraceException(
                ErrorCode.RECORD_WITHOUT_TIMESTAMP,
                "a record without a timestamp has come to the windows of event time of operator '"
                        + operator
                        + "'. Give the stream timestamps with assignTimestampsAndWatermarks(…), or"
                        + " use windows of processing time.");
    }
}
