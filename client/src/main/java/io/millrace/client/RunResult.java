package io.millrace.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.yarn.submit.ApplicationState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a command that runs or awaits an application has to say to the program that called it.
 * Immutable.
 *
 * @param applicationId empty if there is none
 * @param jobId of the last job that was seen; empty if none was
 * @param tag empty without one
 * @param state a phase of an application, or {@code NOT_SUBMITTED}, or {@code UNKNOWN}
 * @param origin NEW, RUNNING or DONE, as of a submission; empty if nothing was submitted
 * @param exitCode of the job or the error; null while the application runs
 * @param code empty unless something went wrong
 * @param message one line; may be empty
 * @param trackingUrl empty if there is none
 */
record RunResult(
        String applicationId,
        String jobId,
        String name,
        String tag,
        String state,
        String origin,
        Integer exitCode,
        String code,
        String message,
        String trackingUrl) {
    static final String NOT_SUBMITTED = "NOT_SUBMITTED";
    static final String UNKNOWN = "UNKNOWN";

    /** Oozie takes 2 kB of captured output by default; the message is what can be long. */
    private static final int MAX_MESSAGE_CHARS = 800;

    static RunResult of(ApplicationState state, String origin, String seenJobId) {
        boolean ended = state.phase().isTerminal();
        Verdict verdict = ended ? Verdict.of(state) : null;
        return new RunResult(
                state.applicationId(),
                verdict == null || verdict.jobId().isEmpty() ? seenJobId : verdict.jobId(),
                state.name(),
                state.runTag() == null ? "" : state.runTag(),
                state.phase().name(),
                origin,
                ended ? verdict.exitCode() : null,
                ended && verdict.code() != null ? verdict.code().name() : "",
                ended ? verdict.message() : "",
                state.trackingUrl() == null ? "" : state.trackingUrl());
    }

    /** Of work that was done long ago, so that YARN may not know the application any more. */
    static RunResult done(String applicationId, String name, String tag) {
        return new RunResult(
                applicationId,
                "",
                name,
                tag,
                ApplicationState.Phase.SUCCEEDED.name(),
                "DONE",
                0,
                "",
                "",
                "");
    }

    /**
     * @param applicationId empty if nothing was submitted
     */
    static RunResult of(MillraceException error, String applicationId, String name, String tag) {
        return new RunResult(
                applicationId,
                "",
                name,
                tag,
                error.code() == ErrorCode.OUTCOME_UNKNOWN || !applicationId.isEmpty()
                        ? UNKNOWN
                        : NOT_SUBMITTED,
                "",
                error.code().exitCode(),
                error.code().name(),
                error.getMessage(),
                "");
    }

    /** A job in this process, which has no application. */
    static RunResult local(String name, MillraceException error) {
        return new RunResult(
                "",
                "",
                name,
                "",
                error == null ? "SUCCEEDED" : "FAILED",
                "",
                error == null ? 0 : error.code().exitCode(),
                error == null ? "" : error.code().name(),
                error == null ? "" : error.getMessage(),
                "");
    }

    ObjectNode toJson() {
        return ApplicationJson.JSON
                .createObjectNode()
                .put("applicationId", applicationId)
                .put("jobId", jobId)
                .put("name", name)
                .put("tag", tag)
                .put("state", state)
                .put("origin", origin)
                .put("exitCode", exitCode)
                .put("code", code)
                .put("message", message)
                .put("trackingUrl", trackingUrl);
    }

    /** Lines {@code key=value} in the form of Java's properties, in ASCII. */
    String toProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("applicationId", applicationId);
        values.put("jobId", jobId);
        values.put("name", name);
        values.put("tag", tag);
        values.put("state", state);
        values.put("origin", origin);
        values.put("exitCode", exitCode == null ? "" : exitCode.toString());
        values.put("code", code);
        values.put(
                "message",
                message.length() <= MAX_MESSAGE_CHARS
                        ? message
                        : message.substring(0, MAX_MESSAGE_CHARS) + "…");
        values.put("trackingUrl", trackingUrl);
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case ' ' -> text.append(i == 0 ? "\\ " : " ");
                default -> {
                    if (c < ' ' || c > '~') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.toString();
    }
}
