package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a user reads of an error: one message that begins with its code; before it, if their code
 * failed, their stack; all of it with {@code --verbose}. Pure but for the writer.
 */
final class ErrorReport {
    private ErrorReport() {}

    /** Prints and returns the exit code. */
    static int print(Throwable error, PrintWriter err, boolean verbose) {
        MillraceException known = known(error);
        if (verbose) {
            error.printStackTrace(err);
        } else if (known != null && isUsersCode(known.code()) && known.getCause() != null) {
            err.println(stack(known.getCause()));
        }
        if (known != null) {
            err.println(known.getMessage());
        } else {
            err.println(
                    ErrorCode.INTERNAL
                            + ": "
                            + error
                            + (verbose ? "" : ". Run it again with --verbose to see where."));
        }
        err.flush();
        return known == null ? ErrorCode.INTERNAL.exitCode() : known.code().exitCode();
    }

    /** Whether the program itself failed, so that its stack is what helps. */
    static boolean isUsersCode(ErrorCode code) {
        return code == ErrorCode.USER_CODE_FAILED || code == ErrorCode.MAIN_THREW;
    }

    private static MillraceException known(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof MillraceException millrace) {
                return millrace;
            }
        }
        return null;
    }

    /** The stack down to the call of {@code main}; what called it is ours and of no interest. */
    private static String stack(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        String stack = text.toString();
        int ours = stack.indexOf("\tat java.base/jdk.internal.reflect.");
        return (ours < 0 ? stack : stack.substring(0, ours)).stripTrailing();
    }
}
