package io.millrace.host.submit;

/**
 * What was thrown in another process and did not come along, as text. Prints as the original's
 * stack trace, root cause first. Immutable.
 */
final class RemoteFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RemoteFailure(String stackTrace) {
        super(stackTrace.stripTrailing(), null, false, false);
    }

    /** The original's text, so that it stands where a class name and message would. */
    @Override
    public String toString() {
        return getMessage();
    }
}
