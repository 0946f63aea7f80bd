package io.millrace.host.rest;

import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.ClusterView.CheckpointShare;
import io.millrace.coordinator.ClusterView.CheckpointView;
import io.millrace.coordinator.ClusterView.CheckpointsView;
import io.millrace.coordinator.ClusterView.ExceptionView;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.coordinator.ClusterView.SubtaskView;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.runtime.message.FailureReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From the coordinator's view to the shapes of the interface. Pure. */
final class Views {
    private Views() {}

    static RestShapes.Overview overview(
            ClusterView view, String version, long startedAtMs, List<String> troubles) {
        return new RestShapes.Overview(
                version,
                view.epoch(),
                startedAtMs,
                view.workers().stream()
                        .map(
                                worker ->
                                        new RestShapes.Worker(
                                                worker.id(),
                                                worker.host(),
                                                worker.slots(),
                                                worker.freeSlots(),
                                                worker.shuffle()))
                        .toList(),
                view.jobs().stream()
                        .map(
                                job ->
                                        new RestShapes.JobState(
                                                job.id().hex(), job.name(), job.state().name()))
                        .toList(),
                view.blocked().stream()
                        .map(
                                node ->
                                        new RestShapes.BlockedNode(
                                                node.node(), node.untilMs(), node.reason()))
                        .toList(),
                troubles);
    }

    static RestShapes.Jobs jobs(ClusterView view, long nowMs) {
        return new RestShapes.Jobs(view.jobs().stream().map(job -> line(job, nowMs)).toList());
    }

    private static RestShapes.JobLine line(JobView job, long nowMs) {
        return new RestShapes.JobLine(
                job.id().hex(),
                job.name(),
                job.state().name(),
                job.startedAtMs(),
                endedAt(job),
                duration(job, nowMs),
                job.recordsIn(),
                job.recordsOut());
    }

    static RestShapes.Job job(JobView job, long nowMs) {
        return new RestShapes.Job(
                job.id().hex(),
                job.name(),
                job.state().name(),
                job.mode() == null ? "" : job.mode().name(),
                job.startedAtMs(),
                endedAt(job),
                duration(job, nowMs),
                job.restarts(),
                job.recordsIn(),
                job.recordsOut(),
                failure(job.failure()),
                job.vertices().stream().map(Views::vertex).toList(),
                job.edges().stream()
                        .map(
                                edge ->
                                        new RestShapes.Edge(
                                                edge.source(),
                                                edge.target(),
                                                edge.partitioning().name()))
                        .toList());
    }

    private static RestShapes.Vertex vertex(VertexView vertex) {
        return new RestShapes.Vertex(
                vertex.id(),
                vertex.name(),
                vertex.parallelism(),
                vertex.decision(),
                vertex.slotSharingGroup(),
                vertex.state().name(),
                vertex.counters().recordsIn(),
                vertex.counters().recordsOut(),
                vertex.counters().bytesIn(),
                vertex.counters().bytesOut(),
                vertex.counters().localReadBytes(),
                vertex.counters().remoteReadBytes(),
                tasks(vertex));
    }

    static RestShapes.VertexDetail detail(VertexView vertex) {
        return new RestShapes.VertexDetail(
                vertex.id(),
                vertex.name(),
                vertex.parallelism(),
                vertex.decision(),
                vertex.slotSharingGroup(),
                vertex.state().name(),
                vertex.counters().recordsIn(),
                vertex.counters().recordsOut(),
                vertex.counters().bytesIn(),
                vertex.counters().bytesOut(),
                vertex.counters().localReadBytes(),
                vertex.counters().remoteReadBytes(),
                tasks(vertex),
                vertex.subtasks().stream().map(Views::subtask).toList());
    }

    private static RestShapes.Subtask subtask(SubtaskView subtask) {
        return new RestShapes.Subtask(
                subtask.subtask(),
                subtask.attempt(),
                subtask.state().name(),
                subtask.workerId(),
                subtask.host(),
                subtask.counters().recordsIn(),
                subtask.counters().recordsOut(),
                subtask.counters().bytesIn(),
                subtask.counters().bytesOut(),
                subtask.counters().localReadBytes(),
                subtask.counters().remoteReadBytes());
    }

    private static Map<String, Integer> tasks(VertexView vertex) {
        Map<String, Integer> byName = new TreeMap<>();
        vertex.tasks().forEach((state, count) -> byName.put(state.name(), count));
        return byName;
    }

    static RestShapes.Checkpoints checkpoints(JobView job) {
        CheckpointsView view = job.checkpoints();
        return view == null
                ? new RestShapes.Checkpoints(0, 0, 0, 0, 0, 0, null, List.of(), null)
                : new RestShapes.Checkpoints(
                        view.triggered(),
                        view.completed(),
                        view.failed(),
                        view.underWay(),
                        view.retained(),
                        view.restoredId(),
                        view.latest() == null ? null : checkpoint(job, view.latest()),
                        view.recent().stream().map(each -> checkpoint(job, each)).toList(),
                        failure(view.lastFailure()));
    }

    private static RestShapes.Checkpoint checkpoint(JobView job, CheckpointView one) {
        CheckpointShare share = one.share();
        return new RestShapes.Checkpoint(
                one.id(),
                one.triggeredAtMs(),
                one.durationMs(),
                share.writtenBytes(),
                one.totalBytes(),
                share.channelBytes(),
                share.alignmentMs(),
                share.turnMs(),
                share.writeMs(),
                share.unaligned(),
                one.vertices().entrySet().stream()
                        .map(vertex -> vertex(job, vertex.getKey(), vertex.getValue()))
                        .toList());
    }

    private static RestShapes.VertexCheckpoint vertex(
            JobView job, int vertexId, CheckpointShare share) {
        return new RestShapes.VertexCheckpoint(
                vertexId,
                job.vertex(vertexId).map(VertexView::name).orElse(""),
                share.tasks(),
                share.writtenBytes(),
                share.channelBytes(),
                share.alignmentMs(),
                share.turnMs(),
                share.writeMs(),
                share.unaligned());
    }

    static RestShapes.Exceptions exceptions(JobView job) {
        List<RestShapes.ExceptionLine> lines =
                job.exceptions().stream().map(Views::exception).toList();
        return new RestShapes.Exceptions(lines);
    }

    private static RestShapes.ExceptionLine exception(ExceptionView one) {
        FailureReport failure = one.failure();
        return new RestShapes.ExceptionLine(
                one.atMs(),
                failure.code().name(),
                failure.summary(),
                failure.operator(),
                failure.stackTrace(),
                one.task(),
                one.workerId());
    }

    /** Null if nothing has failed. */
    private static RestShapes.Failure failure(FailureReport failure) {
        return failure == null
                ? null
                : new RestShapes.Failure(
                        failure.code().name(),
                        failure.summary(),
                        failure.operator(),
                        failure.stackTrace());
    }

    private static long endedAt(JobView job) {
        return Math.max(0, job.endedAtMs());
    }

    private static long duration(JobView job, long nowMs) {
        long end = job.endedAtMs() > 0 ? job.endedAtMs() : nowMs;
        return Math.max(0, end - job.startedAtMs());
    }
}
