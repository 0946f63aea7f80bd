package io.millrace.client.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.coordinator.ClusterView;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import java.util.ArrayList;
import java.util.List;

/**
 * One job at one moment, as {@code GET /v1/jobs/:id} tells it. Immutable.
 *
 * @param failure null unless the job failed or is about to
 */
public record JobView(
        String id,
        String name,
        String state,
        long durationMs,
        int restarts,
        long recordsIn,
        long recordsOut,
        Failure failure,
        List<Vertex> vertices) {
    public JobView {
        vertices = List.copyOf(vertices);
    }

    /**
     * @param operator empty if no operator failed
     * @param stackTrace the user's, may be empty
     */
    public record Failure(String code, String summary, String operator, String stackTrace) {}

    /**
     * @param running how many of the {@code parallelism} subtasks run
     * @param ended how many have finished
     */
    public record Vertex(
            int id,
            String name,
            String state,
            int parallelism,
            int running,
            int ended,
            long recordsIn,
            long recordsOut) {}

    /** Reads what is there; what is missing becomes empty or zero. */
    public static JobView of(JsonNode job) {
        List<Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : job.path("vertices")) {
            vertices.add(
                    new Vertex(
                            vertex.path("id").asInt(),
                            vertex.path("name").asText(),
                            vertex.path("state").asText(),
                            vertex.path("parallelism").asInt(),
                            vertex.path("tasks").path("RUNNING").asInt(),
                            vertex.path("tasks").path("FINISHED").asInt(),
                            vertex.path("recordsIn").asLong(),
                            vertex.path("recordsOut").asLong()));
        }
        JsonNode failure = job.path("failure");
        return new JobView(
                job.path("id").asText(),
                job.path("name").asText(),
                job.path("state").asText(),
                job.path("durationMs").asLong(),
                job.path("restarts").asInt(),
                job.path("recordsIn").asLong(),
                job.path("recordsOut").asLong(),
                failure.isObject()
                        ? new Failure(
                                failure.path("code").asText(),
                                failure.path("summary").asText(),
                                text(failure.path("operator")),
                                text(failure.path("stackTrace")))
                        : null,
                vertices);
    }

    /** Reads a job of a coordinator in this process. */
    public static JobView of(ClusterView.JobView job, long nowMs) {
        FailureReport failure = job.failure();
        return new JobView(
                job.id().hex(),
                job.name(),
                job.state().name(),
                (job.endedAtMs() < 0 ? nowMs : job.endedAtMs()) - job.startedAtMs(),
                job.restarts(),
                job.recordsIn(),
                job.recordsOut(),
                failure == null
                        ? null
                        : new Failure(
                                failure.code().name(),
                                failure.summary(),
                                failure.operator() == null ? "" : failure.operator(),
                                failure.stackTrace() == null ? "" : failure.stackTrace()),
                job.vertices().stream()
                        .map(
                                vertex ->
                                        new Vertex(
                                                vertex.id(),
                                                vertex.name(),
                                                vertex.state().name(),
                                                vertex.parallelism(),
                                                vertex.tasks().getOrDefault(TaskState.RUNNING, 0),
                                                vertex.tasks().getOrDefault(TaskState.FINISHED, 0),
                                                vertex.counters().recordsIn(),
                                                vertex.counters().recordsOut()))
                        .toList());
    }

    /** All in one line. */
    public String summary() {
        return ProgressLines.line(this);
    }

    public boolean ended() {
        return state.equals("FINISHED") || state.equals("FAILED") || state.equals("CANCELED");
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }
}
