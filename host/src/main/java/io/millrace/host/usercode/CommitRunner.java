package io.millrace.host.usercode;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.sink.CommitCounts;
import io.millrace.api.sink.CommitRequests;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsOutputEnd;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.JavaSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One commit of one job: sink after sink, in the order of the graph. Confined to the commit's
 * thread.
 *
 * <p>With the last commit of a job, sinks that ask for it hear of the end of their output when that
 * of all sinks is visible.
 *
 * <p>A sink's committer gets the committables of all subtasks in one call. Those that ask for it
 * come again after a pause, up to {@link #MAX_ROUNDS} times. The first sink that fails ends the
 * commit; what was committed before stays so, and is recognised when the same committables come
 * again.
 */
final class CommitRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CommitRunner.class);

    /**
     * About half a minute of pauses in all. The coordinator repeats a commit that may still
     * succeed, so this only limits how long a report of trouble takes.
     */
    static final int MAX_ROUNDS = 10;

    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 10_000;

    /** Waits between two rounds. */
    @FunctionalInterface
    interface Pause {
        void waitFor(long ms) throws InterruptedException;
    }

    private record SinkKey(int vertexId, int operatorIndex) {}

    private final JobGraph graph;
    private final ClassLoader userLoader;
    private final CommitterMetrics metrics;
    private final Pause pause;

    CommitRunner(JobGraph graph, ClassLoader userLoader, CommitterMetrics metrics, Pause pause) {
        this.graph = graph;
        this.userLoader = userLoader;
        this.metrics = metrics;
        this.pause = pause;
    }

    /**
     * Returns null if everything is visible now.
     *
     * @param last whether no output of the job can follow
     * @param beforeTasks whether no task of the job runs
     */
    FailureReport commit(List<OperatorCommittables> all, boolean last, boolean beforeTasks) {
        Map<SinkKey, List<OperatorCommittables>> bySink = new LinkedHashMap<>();
        for (OperatorCommittables one : all) {
            bySink.computeIfAbsent(
                            new SinkKey(one.vertexId(), one.operatorIndex()),
                            key -> new ArrayList<>())
                    .add(one);
        }
        for (Map.Entry<SinkKey, List<OperatorCommittables>> sink : bySink.entrySet()) {
            FailureReport failure = commitSink(sink.getKey(), sink.getValue(), beforeTasks);
            if (failure != null) {
                return failure;
            }
            FaultPoint.COMMIT_SINK_DONE.hit();
        }
        return last ? tellEnds() : null;
    }

    /** Returns null if all sinks have heard. */
    private FailureReport tellEnds() {
        for (JobVertex vertex : graph.vertices()) {
            for (ChainedOperator operator : vertex.operators()) {
                FailureReport failure =
                        operator.kind() == OperatorSpec.Kind.SINK
                                ? tellEnd(vertex, operator)
                                : null;
                if (failure != null) {
                    return failure;
                }
            }
        }
        return null;
    }

    private FailureReport tellEnd(JobVertex vertex, ChainedOperator operator) {
        try {
            OperatorSpec spec =
                    JavaSerialization.read(operator.spec(), userLoader, OperatorSpec.class);
            if (((OperatorSpec.SinkSpec) spec).sink() instanceof SupportsOutputEnd sink) {
                int index = vertex.operators().indexOf(operator);
                CommitCounts counts = metrics.of(graph, vertex.id(), index);
                sink.outputEnded(
                        CommitterContext.of(graph, vertex, operator, counts.group(), false));
            }
            return null;
        } catch (Throwable e) { // user code
            return UserFailures.report(
                    e,
                    "the end of the output of sink '" + operator.name() + "'",
                    operator.name(),
                    ErrorCode.COMMIT_FAILED);
        }
    }

    private FailureReport commitSink(
            SinkKey key, List<OperatorCommittables> prepared, boolean beforeTasks) {
        JobVertex vertex = graph.vertex(key.vertexId());
        ChainedOperator operator = vertex.operators().get(key.operatorIndex());
        String what = "the committer of sink '" + operator.name() + "'";
        try {
            OperatorSpec.SinkSpec spec =
                    (OperatorSpec.SinkSpec)
                            JavaSerialization.read(operator.spec(), userLoader, OperatorSpec.class);
            if (!(spec.sink() instanceof SupportsCommitter<?> sink)) {
                throw new MillraceException(
                        ErrorCode.INTERNAL,
                        "sink '" + operator.name() + "' sent committables, but has no committer.");
            }
            CommitCounts counts = metrics.of(graph, key.vertexId(), key.operatorIndex());
            CommitterContext context =
                    CommitterContext.of(graph, vertex, operator, counts.group(), beforeTasks);
            rounds(sink, context, prepared, counts);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UserFailures.report(e, what, operator.name(), ErrorCode.COMMIT_FAILED);
        } catch (Throwable e) { // user code
            return UserFailures.report(e, what, operator.name(), ErrorCode.COMMIT_FAILED);
        }
    }

    private <CommT> void rounds(
            SupportsCommitter<CommT> sink,
            CommitterContext context,
            List<OperatorCommittables> prepared,
            CommitCounts counts)
            throws Exception {
        List<CommitRequests.One<CommT>> open = requests(sink.getCommittableSerializer(), prepared);
        int total = open.size();
        counts.came(total);
        counts.pending(total);
        String name = context.once().operatorName();
        try (Committer<CommT> committer = sink.createCommitter(context)) {
            long pauseMs = FIRST_PAUSE_MS;
            for (int round = 0; !open.isEmpty(); round++) {
                if (round == MAX_ROUNDS) {
                    throw stillOpen(name, open.size(), total);
                }
                if (round > 0) {
                    pause.waitFor(pauseMs);
                    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
                }
                committer.commit(List.<Committer.CommitRequest<CommT>>copyOf(open));
                open = CommitRequests.wantingRetry(open, name, counts);
                counts.pending(open.size());
            }
        }
        LOG.info("Committed. job={} sink={} committables={}", graph.jobId(), name, total);
    }

    private static MillraceException stillOpen(String name, int open, int total) {
        return new MillraceException(
                ErrorCode.COMMIT_FAILED,
                open
                        + " of "
                        + total
                        + " committables of sink '"
                        + name
                        + "' still ask to be retried after "
                        + MAX_ROUNDS
                        + " attempts. Check the system that the sink writes to.");
    }

    private static <CommT> List<CommitRequests.One<CommT>> requests(
            SimpleVersionedSerializer<CommT> serializer, Collection<OperatorCommittables> prepared)
            throws IOException {
        List<CommitRequests.One<CommT>> requests = new ArrayList<>();
        for (OperatorCommittables subtask : prepared) {
            for (byte[] bytes : subtask.committables()) {
                requests.add(
                        new CommitRequests.One<>(
                                serializer.deserialize(subtask.serializerVersion(), bytes)));
            }
        }
        return requests;
    }
}
