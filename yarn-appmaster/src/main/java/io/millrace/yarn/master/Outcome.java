package io.millrace.yarn.master;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.JobResult;
import io.millrace.runtime.message.FailureReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;

/**
 * How an application ended, as YARN is told. Immutable.
 *
 * @param diagnostics first line {@code CODE: root cause} unless it succeeded, then what {@link
 *     #about} adds, an empty line, the operator and the stack trace, theirs first
 */
record Outcome(FinalApplicationStatus status, String diagnostics) {
    private static final List<String> ENGINE_PREFIXES =
            List.of("io.millrace.", "java.", "jdk.", "sun.");

    static Outcome succeeded() {
        return new Outcome(FinalApplicationStatus.SUCCEEDED, "");
    }

    static Outcome of(JobResult result) {
        return switch (result.outcome()) {
            case FINISHED -> succeeded();
            case CANCELED ->
                    new Outcome(
                            FinalApplicationStatus.KILLED,
                            ErrorCode.JOB_CANCELED
                                    + ": job '"
                                    + result.name()
                                    + "' was cancelled after "
                                    + seconds(result.durationMs())
                                    + ".");
            case FAILED -> failed(result.failure());
        };
    }

    private static Outcome failed(FailureReport failure) {
        String operator =
                failure.operator() == null ? "" : "Operator: " + failure.operator() + "\n";
        return new Outcome(
                FinalApplicationStatus.FAILED,
                failure.headline() + "\n\n" + operator + failure.stackTrace());
    }

    /**
     * The same, saying which job it was and, if it failed, where its logs are: for a person who
     * sees it in a list of YARN's or in a scheduler, and for the client.
     *
     * @param job the last one; null if there was none
     */
    Outcome about(JobResult job, String applicationId) {
        StringBuilder context = new StringBuilder();
        if (job != null) {
            String ended =
                    switch (job.outcome()) {
                        case FINISHED -> "finished";
                        case FAILED -> "failed";
                        case CANCELED -> "was cancelled";
                    };
            context.append("Job '")
                    .append(job.name())
                    .append("' (")
                    .append(job.jobId().hex())
                    .append(") ")
                    .append(ended)
                    .append(" after ")
                    .append(seconds(job.durationMs()))
                    .append(".\n");
        }
        if (status == FinalApplicationStatus.FAILED) {
            context.append("Logs: millrace logs ").append(applicationId).append('\n');
        }
        int firstLine = diagnostics.indexOf('\n');
        String head = firstLine < 0 ? diagnostics : diagnostics.substring(0, firstLine);
        String rest = firstLine < 0 ? "" : diagnostics.substring(firstLine + 1);
        return new Outcome(status, (head.isEmpty() ? "" : head + "\n") + context + rest);
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
    }

    /** The user's {@code main} threw before or between its jobs. */
    static Outcome ofThrown(Throwable thrown) {
        ErrorCode known = MillraceException.codeOf(thrown, null);
        if (known == ErrorCode.JOB_CANCELED) {
            return new Outcome(FinalApplicationStatus.KILLED, headline(thrown));
        }
        String headline =
                known != null
                        ? headline(thrown)
                        : ErrorCode.MAIN_THREW
                                + ": the program's main threw "
                                + oneLine(thrown)
                                + place(thrown)
                                + ".";
        return new Outcome(
                FinalApplicationStatus.FAILED, headline + "\n\n" + stackTrace(theirs(thrown)));
    }

    /** What the program itself threw, without what carried it here. */
    private static Throwable theirs(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof MillraceException && t.getCause() != null) {
                return t.getCause();
            }
        }
        return thrown instanceof CompletionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
    }

    static Outcome failed(ErrorCode code, String message) {
        return new Outcome(FinalApplicationStatus.FAILED, code + ": " + message);
    }

    /** {@code CODE: …}, the message of the error that carries the code. */
    private static String headline(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof MillraceException) {
                return t.getMessage();
            }
        }
        throw new IllegalArgumentException("no code in " + thrown);
    }

    private static String oneLine(Throwable thrown) {
        return thrown.toString().lines().findFirst().orElse(thrown.getClass().getName());
    }

    /** The first frame that is neither ours nor the JDK's. */
    private static String place(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(
                        frame ->
                                ENGINE_PREFIXES.stream()
                                        .noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
