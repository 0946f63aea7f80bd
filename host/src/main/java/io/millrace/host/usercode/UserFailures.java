package io.millrace.host.usercode;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.Thrown;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What user code threw, as a report: the root cause comes first, with its stack. Pure. */
final class UserFailures {
    private UserFailures() {}

    /**
     * @param what the call that failed, for the summary: {@code "the enumerator of source 'lines'"}
     * @param otherwise the code if no cause carries one
     */
    static FailureReport report(
            Throwable error, String what, String operator, ErrorCode otherwise) {
        Throwable thrown = unwrapped(error);
        Throwable root = rootOf(thrown);
        String summary = what + " threw " + root;
        if (firstKnown(thrown) instanceof MillraceException known) {
            summary = withoutCode(known) + " (" + what + ")";
        }
        return new FailureReport(
                MillraceException.codeOf(thrown, otherwise),
                summary,
                stackOf(thrown, root),
                operator,
                Thrown.of(thrown));
    }

    private static Throwable firstKnown(Throwable error) {
        Throwable t = error;
        while (t != null && !(t instanceof MillraceException)) {
            t = t.getCause();
        }
        return t;
    }

    private static String withoutCode(MillraceException error) {
        String prefix = error.code() + ": ";
        String message = error.getMessage();
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    /** The exception itself, without the wrappers of reflection and futures. */
    private static Throwable unwrapped(Throwable error) {
        Throwable t = error;
        while (t.getCause() != null
                && (t instanceof InvocationTargetException
                        || t instanceof CompletionException
                        || t instanceof ExecutionException)) {
            t = t.getCause();
        }
        return t;
    }

    private static Throwable rootOf(Throwable error) {
        Throwable t = error;
        while (t.getCause() != null && t.getCause() != t) {
            t = t.getCause();
        }
        return t;
    }

    private static String stackOf(Throwable error, Throwable root) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        if (root != error) {
            out.println(root);
            for (StackTraceElement frame : root.getStackTrace()) {
                out.println("\tat " + frame);
            }
            out.print("Seen as: ");
        }
        error.printStackTrace(out);
        return text.toString();
    }
}
