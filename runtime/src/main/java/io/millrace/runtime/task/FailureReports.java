package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.Thrown;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Turns what was thrown into what travels: text, the user's frames first, the operator named; and
 * the throwable itself, for the program. Pure, but for the user's code in the throwable.
 */
public final class FailureReports {
    private static final String ENGINE_PREFIX = "io.millrace.runtime.";
    private static final int MAX_STACK_CHARS = 32_768;
    private static final int MAX_SUMMARY_CHARS = 1_000;

    private FailureReports() {}

    /**
     * @param where the task, for the summary
     */
    public static FailureReport of(Throwable thrown, String where) {
        try {
            return read(thrown, where);
        } catch (Throwable e) {
            // A class of the user's whose own methods throw, or a stack that is nearly full.
            return unreadable(thrown, where, e);
        }
    }

    private static FailureReport unreadable(Throwable thrown, String where, Throwable why) {
        String operator = thrown instanceof UserCodeException user ? user.operator() : null;
        Throwable cause =
                thrown instanceof UserCodeException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        String text =
                (operator == null ? "" : "operator '" + operator + "' in ")
                        + where
                        + ": "
                        + cause.getClass().getName()
                        + " (nothing more can be said of it: its own methods threw "
                        + why.getClass().getName()
                        + ")";
        ErrorCode code = operator == null ? ErrorCode.INTERNAL : ErrorCode.USER_CODE_FAILED;
        return new FailureReport(code, text, "", operator, Thrown.of(cause));
    }

    private static FailureReport read(Throwable thrown, String where) {
        UserCodeException user = userCode(thrown);
        Throwable cause = user == null ? thrown : user.getCause();
        ErrorCode code =
                MillraceException.codeOf(
                        cause, user == null ? ErrorCode.INTERNAL : ErrorCode.USER_CODE_FAILED);
        String operator = user == null ? null : user.operator();
        return new FailureReport(
                code, summary(cause, operator, where), stack(cause), operator, Thrown.of(cause));
    }

    private static UserCodeException userCode(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause()) {
            if (t instanceof UserCodeException user) {
                return user;
            }
        }
        return null;
    }

    private static String summary(Throwable cause, String operator, String where) {
        StringBuilder text = new StringBuilder();
        if (operator != null) {
            text.append("operator '").append(operator).append("' in ");
        }
        text.append(where).append(": ").append(describe(cause));
        StackTraceElement first = firstUserFrame(cause);
        if (first != null && operator != null) {
            text.append(", at ").append(first);
        }
        String line = text.toString().replace('\n', ' ').replace('\r', ' ');
        return line.length() <= MAX_SUMMARY_CHARS
                ? line
                : line.substring(0, MAX_SUMMARY_CHARS) + "…";
    }

    private static StackTraceElement firstUserFrame(Throwable cause) {
        for (StackTraceElement frame : cause.getStackTrace()) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.")) {
                return type.startsWith(ENGINE_PREFIX) ? null : frame;
            }
        }
        return null;
    }

    /** The class and message; without the code's name, which a report gives by itself. */
    private static String describe(Throwable thrown) {
        String message;
        try {
            message = thrown.getMessage();
        } catch (Throwable e) {
            message = "(its message cannot be had: " + e.getClass().getName() + ")";
        }
        if (thrown instanceof MillraceException known && message != null) {
            String prefix = known.code() + ": ";
            return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        }
        return message == null
                ? thrown.getClass().getName()
                : thrown.getClass().getName() + ": " + message;
    }

    private static String stack(Throwable cause) {
        StringBuilder text = new StringBuilder();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        String title = "";
        for (Throwable t = cause; t != null && seen.add(t); t = t.getCause()) {
            text.append(title).append(describe(t)).append('\n');
            frames(text, t.getStackTrace());
            title = "Caused by: ";
            if (text.length() > MAX_STACK_CHARS) {
                return text.substring(0, MAX_STACK_CHARS) + "\n\t… cut\n";
            }
        }
        return text.toString();
    }

    // Below the first engine frame there is nothing of the user's; if the engine itself failed, all
    // of
    // its frames are wanted.
    private static void frames(StringBuilder text, StackTraceElement[] frames) {
        boolean engineFailed = frames.length > 0 && isEngine(frames[0]);
        for (int i = 0; i < frames.length; i++) {
            if (isEngine(frames[i]) && !engineFailed) {
                text.append("\t… ").append(frames.length - i).append(" frames of Millrace\n");
                return;
            }
            text.append("\tat ").append(frames[i]).append('\n');
        }
    }

    private static boolean isEngine(StackTraceElement frame) {
        return frame.getClassName().startsWith(ENGINE_PREFIX);
    }
}
