package io.millrace.runtime.chain;

/**
 * A failure in a user's function, with the name of the operator that called it. Goes up through the
 * operators before, which leave it as it is.
 */
public final class UserCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String operator;

    private UserCodeException(String operator, Throwable cause) {
        super("operator '" + operator + "' failed", cause, false, false);
        this.operator = operator;
    }

    /**
     * What to throw for what a user's function threw: itself if it comes from an operator behind,
     * or ends the task or the process; else wrapped with the operator's name.
     */
    public static RuntimeException of(String operator, Throwable thrown) {
        if (thrown instanceof UserCodeException known) {
            return known;
        }
        if (thrown instanceof TaskCanceledException canceled) {
            return canceled;
        }
        if (thrown instanceof OutOfMemoryError fatal) {
            throw fatal;
        }
        return new UserCodeException(operator, thrown);
    }

    public String operator() {
        return operator;
    }
}
