package io.millrace.runtime.exchange.remote;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;

/**
 * Why a channel is broken; found on a network thread, thrown as often as the task asks. Immutable.
 *
 * @param cause null if there is none
 */
record ChannelFailure(String what, Throwable cause) {
    MillraceException toException() {
        return new MillraceException(
                ErrorCode.EXCHANGE_FAILED,
                what + " The region of the job restarts if its restart strategy allows.",
                cause);
    }
}
