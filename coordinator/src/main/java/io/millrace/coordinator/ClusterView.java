package io.millrace.coordinator;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.job.JobState;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.plan.JobId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a coordinator knows, at one moment, for people and programs outside. Immutable; any thread.
 *
 * @param workers in the order of their registration
 * @param jobs in the order of their submission; of those that ended, the last hundred
 * @param operations in the order in which they were asked for
 * @param blocked nodes that get nothing new for a while
 */
public record ClusterView(
        long epoch,
        List<WorkerView> workers,
        List<JobView> jobs,
        List<OperationView> operations,
        List<BlockedNode> blocked) {
    public ClusterView {
        workers = List.copyOf(workers);
        jobs = List.copyOf(jobs);
        operations = List.copyOf(operations);
        blocked = List.copyOf(blocked);
    }

    /** Where nobody has asked for anything, and no node is blocked. */
    public ClusterView(long epoch, List<WorkerView> workers, List<JobView> jobs) {
        this(epoch, workers, jobs, List.of(), List.of());
    }

    /** What somebody has asked for under this id. */
    public Optional<OperationView> operation(String id) {
        return operations.stream().filter(one -> one.operation().id().equals(id)).findFirst();
    }

    public Optional<JobView> job(JobId id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /**
     * A registered worker.
     *
     * @param shuffle {@code host:port} of its node's shuffle service, if that serves what it
     *     writes; null if only the worker does
     */
    public record WorkerView(String id, String host, int slots, int freeSlots, String shuffle) {}

    /**
     * A job.
     *
     * @param mode null if only the result is known, after a change of leader
     * @param endedAtMs −1 while it runs
     * @param restarts of any of its regions
     * @param recordsIn records that its sources read, in the current attempts
     * @param recordsOut records that its last vertices wrote, in the current attempts
     * @param failure why the job ends or has ended without success, or null
     * @param vertices empty if only the result is known
     * @param exceptions the last 32 failures, oldest first
     * @param result null until the job has ended
     * @param accumulators of the current attempts, as last told
     * @param checkpoints null if the job takes none
     */
    public record JobView(
            JobId id,
            String name,
            JobState state,
            ExecutionMode mode,
            long startedAtMs,
            long endedAtMs,
            int restarts,
            long recordsIn,
            long recordsOut,
            FailureReport failure,
            List<VertexView> vertices,
            List<EdgeView> edges,
            List<ExceptionView> exceptions,
            JobResult result,
            List<AccumulatorValue> accumulators,
            CheckpointsView checkpoints) {
        public JobView {
            vertices = List.copyOf(vertices);
            edges = List.copyOf(edges);
            exceptions = List.copyOf(exceptions);
            accumulators = List.copyOf(accumulators);
        }

        /** Without accumulators and checkpoints. */
        public JobView(
                JobId id,
                String name,
                JobState state,
                ExecutionMode mode,
                long startedAtMs,
                long endedAtMs,
                int restarts,
                long recordsIn,
                long recordsOut,
                FailureReport failure,
                List<VertexView> vertices,
                List<EdgeView> edges,
                List<ExceptionView> exceptions,
                JobResult result) {
            this(
                    id,
                    name,
                    state,
                    mode,
                    startedAtMs,
                    endedAtMs,
                    restarts,
                    recordsIn,
                    recordsOut,
                    failure,
                    vertices,
                    edges,
                    exceptions,
                    result,
                    List.of(),
                    null);
        }

        public Optional<VertexView> vertex(int vertexId) {
            return vertices.stream().filter(vertex -> vertex.id() == vertexId).findFirst();
        }
    }

    /**
     * The checkpoints of a job under this leader.
     *
     * @param failed those given up for any reason
     * @param retained that exist now
     * @param restoredId of the one that the job last went back to, 0 if none
     * @param latest that became complete, or null
     * @param recent complete ones, the latest first
     * @param lastFailure of those that failed, or null
     */
    public record CheckpointsView(
            long triggered,
            long completed,
            long failed,
            int underWay,
            int retained,
            long restoredId,
            CheckpointView latest,
            List<CheckpointView> recent,
            FailureReport lastFailure) {
        public CheckpointsView {
            recent = List.copyOf(recent);
        }
    }

    /**
     * A complete checkpoint.
     *
     * @param durationMs from the trigger to the durable pointer
     * @param totalBytes of all files that it refers to
     * @param share of all tasks together
     * @param vertices of the tasks of each vertex that took part, by its number
     */
    public record CheckpointView(
            long id,
            long triggeredAtMs,
            long durationMs,
            long totalBytes,
            CheckpointShare share,
            SortedMap<Integer, CheckpointShare> vertices) {
        public CheckpointView {
            vertices = Collections.unmodifiableSortedMap(new TreeMap<>(vertices));
        }
    }

    /**
     * What a checkpoint took of some tasks. Times are the longest of any of them.
     *
     * @param tasks that wrote something or had finished
     * @param writtenBytes by this checkpoint
     * @param channelBytes of records on their way, part of {@code writtenBytes}
     * @param alignmentMs from hearing of the checkpoint to the cut
     * @param turnMs in which the task processed nothing
     * @param writeMs on the snapshot thread
     * @param unaligned whether any did not wait for all barriers
     */
    public record CheckpointShare(
            int tasks,
            long writtenBytes,
            long channelBytes,
            long alignmentMs,
            long turnMs,
            long writeMs,
            boolean unaligned) {}

    /**
     * A vertex and the sums over its subtasks.
     *
     * @param state the one that says most about its subtasks: a failed one first, then those on
     *     their way, {@code FINISHED} only if all are
     * @param decision why it has this parallelism, if the program does not say, and what became of
     *     its second attempts; null if there is nothing to say
     * @param slotSharingGroup with what it says it needs, if it does
     * @param tasks number of subtasks in each state that occurs; unmodifiable
     */
    public record VertexView(
            int id,
            String name,
            int parallelism,
            String decision,
            String slotSharingGroup,
            TaskState state,
            SortedMap<TaskState, Integer> tasks,
            Counters counters,
            List<SubtaskView> subtasks) {
        public VertexView {
            subtasks = List.copyOf(subtasks);
        }
    }

    /**
     * The current attempt of a subtask.
     *
     * @param workerId null while it is not deployed
     * @param host null while it is not deployed
     * @param time where event time stands, as last told
     */
    public record SubtaskView(
            int subtask,
            int attempt,
            TaskState state,
            String workerId,
            String host,
            Counters counters,
            TaskTime time) {}

    /**
     * What moved since the current attempts began.
     *
     * @param localReadBytes what they read of stored results that their own workers have, as it is
     *     stored; known when they begin
     * @param remoteReadBytes the same of other workers
     */
    public record Counters(
            long recordsIn,
            long recordsOut,
            long bytesIn,
            long bytesOut,
            long localReadBytes,
            long remoteReadBytes) {
        public static final Counters ZERO = new Counters(0, 0, 0, 0);

        /** Where nothing is read of stored results. */
        public Counters(long recordsIn, long recordsOut, long bytesIn, long bytesOut) {
            this(recordsIn, recordsOut, bytesIn, bytesOut, 0, 0);
        }

        public Counters plus(Counters other) {
            return new Counters(
                    recordsIn + other.recordsIn,
                    recordsOut + other.recordsOut,
                    bytesIn + other.bytesIn,
                    bytesOut + other.bytesOut,
                    localReadBytes + other.localReadBytes,
                    remoteReadBytes + other.remoteReadBytes);
        }
    }

    /** An edge between two vertices. */
    public record EdgeView(int source, int target, Partitioning.Kind partitioning) {}

    /**
     * A failure of a job.
     *
     * @param task the attempt that failed, or null
     * @param workerId where, or null
     */
    public record ExceptionView(long atMs, FailureReport failure, String task, String workerId) {}
}
