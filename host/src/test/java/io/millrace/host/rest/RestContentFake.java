package io.millrace.host.rest;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.plan.JobId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One running job with one vertex, and a record of cancellations. */
final class RestContentFake implements RestContent {
    private static final ClusterView.CheckpointView CHECKPOINT =
            new ClusterView.CheckpointView(
                    4,
                    1_000,
                    120,
                    300,
                    new ClusterView.CheckpointShare(3, 10, 2, 7, 1, 5, true),
                    new TreeMap<>(
                            Map.of(1, new ClusterView.CheckpointShare(1, 6, 2, 7, 0, 3, true))));

    static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");

    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final List<Operation> requested = new CopyOnWriteArrayList<>();

    /** A source with a split that is silent. */
    private static final TaskTime TIME =
            new TaskTime(
                    1_049,
                    1_049,
                    false,
                    List.of(),
                    List.of(
                            new TaskTime.OriginTime(
                                    "numbers",
                                    1_049,
                                    false,
                                    1_500,
                                    Long.MAX_VALUE,
                                    2,
                                    List.of(
                                            new TaskTime.SplitTime(
                                                    "silent", 1_049, false, false, 1_600)))));

    JobState state = JobState.RUNNING;

    @Override
    public List<String> troubles() {
        return List.of("tokens are late");
    }

    @Override
    public ClusterView view() {
        FailureReport failure =
                new FailureReport(
                        ErrorCode.USER_CODE_FAILED, "map threw <b>", "at Some.where", "map");
        ClusterView.Counters counters = new ClusterView.Counters(10, 20, 30, 40, 50, 60);
        TreeMap<TaskState, Integer> tasks = new TreeMap<>();
        tasks.put(TaskState.RUNNING, 1);
        ClusterView.VertexView vertex =
                new ClusterView.VertexView(
                        1,
                        "source",
                        1,
                        "39 mb to read",
                        "default (cpu 1.0, task heap 64 mb)",
                        TaskState.RUNNING,
                        tasks,
                        counters,
                        List.of(
                                new ClusterView.SubtaskView(
                                        0, 2, TaskState.RUNNING, "w1", "host-a", counters, TIME)));
        return new ClusterView(
                7,
                List.of(new ClusterView.WorkerView("w1", "host-a", 2, 1, "host-a:13562")),
                List.of(
                        new ClusterView.JobView(
                                JOB,
                                "words",
                                state,
                                ExecutionMode.BATCH,
                                1_000,
                                -1,
                                1,
                                10,
                                20,
                                null,
                                List.of(vertex),
                                List.of(
                                        new ClusterView.EdgeView(
                                                1, 2, Partitioning.Kind.KEY_GROUP)),
                                List.of(
                                        new ClusterView.ExceptionView(
                                                1_500, failure, "source (1/1)#1", "w1")),
                                null,
                                List.of(),
                                new ClusterView.CheckpointsView(
                                        5,
                                        3,
                                        1,
                                        1,
                                        3,
                                        2,
                                        CHECKPOINT,
                                        List.of(CHECKPOINT),
                                        failure))),
                List.of(
                        new OperationView(
                                new Operation(
                                        "mine",
                                        JOB,
                                        OperationKind.SAVEPOINT,
                                        null,
                                        SavepointFormatType.NATIVE,
                                        "somebody"),
                                OperationView.State.COMPLETED,
                                "hdfs:///savepoints/savepoint-012345-0",
                                null,
                                null)),
                List.of(new BlockedNode("host-b", 9_000, "it is slow")));
    }

    @Override
    public long startedAtMs() {
        return 500;
    }

    @Override
    public long nowMs() {
        return 3_000;
    }

    @Override
    public void request(Operation operation) {
        requested.add(operation);
    }

    @Override
    public void cancel(JobId jobId, String who) {
        cancelled.add(jobId + " by " + who);
    }
}
