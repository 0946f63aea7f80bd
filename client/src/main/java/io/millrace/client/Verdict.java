package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.client.job.Numbers;
import io.millrace.yarn.submit.ApplicationState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an application ended, as YARN's report tells it. Immutable.
 *
 * @param code null if it succeeded
 * @param message one line, which begins with the code if there is one
 * @param context further lines: which job it was, where its logs are; may be empty
 * @param stack operator and stack trace; may be empty
 * @param jobId of its last job; empty if YARN does not say
 */
record Verdict(ErrorCode code, String message, String context, String stack, String jobId) {
    private static final Pattern CODED = Pattern.compile("^([A-Z][A-Z_]+): ", Pattern.MULTILINE);
    private static final Pattern JOB =
            Pattern.compile("^Job '.*' \\(([0-9a-f]{32})\\)", Pattern.MULTILINE);

    int exitCode() {
        return code == null ? 0 : code.exitCode();
    }

    static Verdict of(ApplicationState ended) {
        String diagnostics = ended.diagnostics().strip();
        return switch (ended.phase()) {
            case SUCCEEDED ->
                    verdict(
                            null,
                            ended.applicationId()
                                    + " has finished after "
                                    + Numbers.duration(ended.finishedMs() - ended.startedMs())
                                    + ".",
                            diagnostics);
            case KILLED -> killed(ended, diagnostics);
            default -> failed(ended, diagnostics);
        };
    }

    private static Verdict killed(ApplicationState ended, String diagnostics) {
        String after =
                " was cancelled after "
                        + Numbers.duration(ended.finishedMs() - ended.startedMs())
                        + ".";
        String[] parts = diagnostics.split("\\R", 2);
        if (parts[0].startsWith(ErrorCode.JOB_CANCELED + ": ")) {
            return verdict(ErrorCode.JOB_CANCELED, parts[0], rest(parts));
        }
        return verdict(
                ErrorCode.JOB_CANCELED,
                ErrorCode.JOB_CANCELED
                        + ": "
                        + ended.applicationId()
                        + after
                        + (parts[0].isBlank() ? "" : " YARN says: " + parts[0]),
                "");
    }

    /** The first line that begins with a code of ours; else the cluster ended it by itself. */
    private static Verdict failed(ApplicationState ended, String diagnostics) {
        Matcher matcher = CODED.matcher(diagnostics);
        while (matcher.find()) {
            try {
                ErrorCode code = ErrorCode.valueOf(matcher.group(1));
                String[] parts = diagnostics.substring(matcher.start()).split("\\R", 2);
                return verdict(code, parts[0], rest(parts));
            } catch (IllegalArgumentException e) {
                // a word in capitals of somebody else
            }
        }
        return verdict(
                ErrorCode.INTERNAL,
                ErrorCode.INTERNAL
                        + ": "
                        + ended.applicationId()
                        + " failed without saying why. YARN says: "
                        + (diagnostics.isEmpty() ? "nothing" : diagnostics)
                        + ". See 'millrace logs "
                        + ended.applicationId()
                        + "'.",
                "");
    }

    private static String rest(String[] parts) {
        return parts.length < 2 ? "" : parts[1];
    }

    /**
     * @param rest the context, an empty line, the stack
     */
    private static Verdict verdict(ErrorCode code, String message, String rest) {
        String[] parts = ("\n" + rest).split("\\R[ \\t]*\\R", 2);
        Matcher job = JOB.matcher(rest);
        return new Verdict(
                code,
                message,
                parts[0].strip(),
                parts.length < 2 ? "" : parts[1].strip(),
                job.find() ? job.group(1) : "");
    }
}
