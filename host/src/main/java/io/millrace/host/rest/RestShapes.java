package io.millrace.host.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.coordinator.operation.OperationView;
import java.util.List;
import java.util.Map;

/**
 * The JSON of the REST interface, one record per shape, fields as on the wire. Adding a field is
 * compatible, renaming or removing one is not. Immutable.
 */
final class RestShapes {
    private RestShapes() {}

    /** Any answer with a status of 400 or more. */
    record Problem(String code, String message) {}

    record Overview(
            String version,
            long epoch,
            long startedAtMs,
            List<Worker> workers,
            List<JobState> jobs,
            List<BlockedNode> blockedNodes,
            List<String> troubles) {}

    /** Gets no new tasks and workers until then. */
    record BlockedNode(String node, long untilMs, String reason) {}

    record Worker(String id, String host, int slots, int freeSlots, String shuffle) {}

    record JobState(String id, String name, String state) {}

    record Jobs(List<JobLine> jobs) {}

    /** {@code endedAtMs} is 0 while the job runs; {@code durationMs} then counts on. */
    record JobLine(
            String id,
            String name,
            String state,
            long startedAtMs,
            long endedAtMs,
            long durationMs,
            long recordsIn,
            long recordsOut) {}

    record Job(
            String id,
            String name,
            String state,
            String mode,
            long startedAtMs,
            long endedAtMs,
            long durationMs,
            int restarts,
            long recordsIn,
            long recordsOut,
            Failure failure,
            List<Vertex> vertices,
            List<Edge> edges) {}

    record Failure(String code, String summary, String operator, String stackTrace) {}

    /**
     * {@code tasks} counts the subtasks by state. {@code localReadBytes} and {@code
     * remoteReadBytes} are what they read of the results of earlier stages, as it is stored: on
     * their own workers, and on others.
     */
    record Vertex(
            int id,
            String name,
            int parallelism,
            String decision,
            String slotSharingGroup,
            String state,
            long recordsIn,
            long recordsOut,
            long bytesIn,
            long bytesOut,
            long localReadBytes,
            long remoteReadBytes,
            Map<String, Integer> tasks) {}

    record Edge(int source, int target, String partitioning) {}

    record VertexDetail(
            int id,
            String name,
            int parallelism,
            String decision,
            String slotSharingGroup,
            String state,
            long recordsIn,
            long recordsOut,
            long bytesIn,
            long bytesOut,
            long localReadBytes,
            long remoteReadBytes,
            Map<String, Integer> tasks,
            List<Subtask> subtasks) {}

    record Subtask(
            int subtask,
            int attempt,
            String state,
            String worker,
            String host,
            long recordsIn,
            long recordsOut,
            long bytesIn,
            long bytesOut,
            long localReadBytes,
            long remoteReadBytes) {}

    /** Where event time stands in a vertex, subtask by subtask; see {@code docs/time.md}. */
    record Watermarks(int id, String name, List<SubtaskTime> subtasks) {}

    /**
     * Watermarks are null before the first, and {@code ended} is true when all time is over. {@code
     * heldBy} leads from what holds this subtask to where that comes from; empty if nothing does.
     */
    record SubtaskTime(
            int subtask,
            Long inputWatermark,
            Long outputWatermark,
            boolean idle,
            boolean ended,
            List<InputTime> inputs,
            List<OriginTime> origins,
            List<Holder> heldBy,
            String summary) {}

    /** {@code producer} is the subtask that is waited for, or null if it is none. */
    record InputTime(
            int vertex,
            String name,
            Integer producer,
            Long watermark,
            long sinceMs,
            int channels,
            int idleChannels,
            int endedChannels,
            boolean holds) {}

    /** An operator that makes watermarks; {@code limit} is null without a watermark group. */
    record OriginTime(
            String operator,
            Long watermark,
            boolean idle,
            long sinceMs,
            Long limit,
            int splits,
            List<SplitTime> slowestSplits) {}

    record SplitTime(String split, Long watermark, boolean idle, boolean paused, long sinceMs) {}

    /** {@code operator} and {@code split} are null where the vertex only passes on time. */
    record Holder(
            int vertex,
            String name,
            int subtask,
            String operator,
            String split,
            Long watermark,
            boolean idle,
            long sinceMs) {}

    /** All zero if the job takes none; {@code latest} is null before the first. */
    record Checkpoints(
            long triggered,
            long completed,
            long failed,
            int underWay,
            int retained,
            long restoredId,
            Checkpoint latest,
            List<Checkpoint> recent,
            Failure lastFailure) {}

    /**
     * {@code durationMs} is from the trigger to the durable pointer; the other times are the
     * longest of any task: waiting for barriers, processing nothing, writing.
     */
    record Checkpoint(
            long id,
            long triggeredAtMs,
            long durationMs,
            long writtenBytes,
            long totalBytes,
            long channelBytes,
            long alignmentMs,
            long longestTurnMs,
            long longestWriteMs,
            boolean unaligned,
            List<VertexCheckpoint> vertices) {}

    /** What a checkpoint took of the tasks of one vertex. */
    record VertexCheckpoint(
            int id,
            String name,
            int tasks,
            long writtenBytes,
            long channelBytes,
            long alignmentMs,
            long longestTurnMs,
            long longestWriteMs,
            boolean unaligned) {}

    record Exceptions(List<ExceptionLine> exceptions) {}

    record ExceptionLine(
            long atMs,
            String code,
            String summary,
            String operator,
            String stackTrace,
            String task,
            String worker) {}

    /** What has become of an operation: {@code IN_PROGRESS} without an outcome, or both. */
    record Outcome(OutcomeStatus status, OutcomeDetail operation, String state, String place) {
        static Outcome of(OperationView view, FailureCause failure) {
            return new Outcome(
                    new OutcomeStatus(view.state().isOver() ? "COMPLETED" : "IN_PROGRESS"),
                    view.state().isOver()
                            ? new OutcomeDetail(
                                    failure == null ? view.path() : null, failure, view.note())
                            : null,
                    view.state().name(),
                    view.path());
        }
    }

    record OutcomeStatus(String id) {}

    /** Either a location or a failure; {@code note} says what else must be known, or is null. */
    record OutcomeDetail(
            String location,
            @JsonProperty("failure-cause") FailureCause failureCause,
            String note) {}

    record FailureCause(
            @JsonProperty("class") String code,
            String message,
            @JsonProperty("stack-trace") String stackTrace) {}

    /** The answer to a cancellation: it was asked for, not yet done. */
    record Accepted(String id, String state) {}
}
