package io.millrace.runtime.message;

import io.millrace.api.error.ErrorCode;

/**
 * A failure as it travels: text that everybody can read, and what was thrown, which only the
 * program's class loader opens. Immutable.
 *
 * @param summary one line: what, where, numbers, what to do; without the code's name
 * @param stackTrace the user's frames first; may be empty
 * @param operator name of the operator that failed, or null
 * @param thrown null if nothing of the program's was thrown, or nothing of it could be kept
 */
public record FailureReport(
        ErrorCode code, String summary, String stackTrace, String operator, Thrown thrown) {
    /** In words only. */
    public FailureReport(ErrorCode code, String summary, String stackTrace, String operator) {
        this(code, summary, stackTrace, operator, null);
    }

    /** The first line of diagnostics: {@code CODE: summary}. */
    public String headline() {
        return code + ": " + summary;
    }

    /** What follows from this failure: other words, the same origin. */
    public FailureReport leadingTo(ErrorCode consequence, String inWords) {
        return new FailureReport(consequence, inWords, stackTrace, operator, thrown);
    }

    /** For those who only read. */
    public FailureReport inWords() {
        return thrown == null ? this : new FailureReport(code, summary, stackTrace, operator);
    }
}
