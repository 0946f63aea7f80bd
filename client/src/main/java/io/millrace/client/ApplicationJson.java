package io.millrace.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.yarn.submit.ApplicationState;

/** Applications as programs read them. Pure. */
final class ApplicationJson {
    static final ObjectMapper JSON = new ObjectMapper();

    private ApplicationJson() {}

    static ObjectNode of(ApplicationState state) {
        RunResult result = RunResult.of(state, "", "");
        return JSON.createObjectNode()
                .put("id", state.applicationId())
                .put("name", state.name())
                .put("user", state.user())
                .put("queue", state.queue())
                .put("state", state.phase().name())
                .put("progress", state.progress())
                .put("startedAtMs", state.startedMs())
                .put("finishedAtMs", state.finishedMs())
                .put("trackingUrl", state.trackingUrl())
                .put("diagnostics", state.diagnostics())
                .put("tag", result.tag())
                .put("jobId", result.jobId())
                .put("exitCode", result.exitCode())
                .put("code", result.code())
                .put("message", result.message());
    }
}
