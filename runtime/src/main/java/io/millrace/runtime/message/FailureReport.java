package io.millrace.runtime.message;

import io.millrace.api.error.ErrorCode;

/**
 * A failure as it travels: text, not exception classes, which the receiver may not have. Immutable.
 *
 * @param summary one line: what, where, numbers, what to do; without the code's name
 * @param stackTrace the user's frames first; may be empty
 * @param operator name of the operator that failed, or null
 */
public record FailureReport(ErrorCode code, String summary, String stackTrace, String operator) {
    /** The first line of diagnostics: {@code CODE: summary}. */
    public String headline() {
        return code + ": " + summary;
    }
}
