package io.millrace.host.usercode;

import io.millrace.api.sink.CommitCounts;
import io.millrace.runtime.metrics.CommitterGroup;
import io.millrace.runtime.metrics.CoordinatorMetrics;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counts of committers, which are made anew for each commit, for as long as their jobs run.
 * Thread-safe.
 */
final class CommitterMetrics implements AutoCloseable {
    private record Key(JobId jobId, int vertexId, int operatorIndex) {}

    private record Counted(CommitterGroup group, CommitCounts counts) {}

    private final CoordinatorMetrics metrics;
    private final Map<Key, Counted> sinks = new ConcurrentHashMap<>();

    CommitterMetrics(CoordinatorMetrics metrics) {
        this.metrics = metrics;
    }

    /** The same for each commit of a sink. */
    CommitCounts of(JobGraph graph, int vertexId, int operatorIndex) {
        return sinks.computeIfAbsent(
                        new Key(graph.jobId(), vertexId, operatorIndex),
                        key -> {
                            ChainedOperator operator =
                                    graph.vertex(vertexId).operators().get(operatorIndex);
                            CommitterGroup group =
                                    metrics.committer(
                                            graph.jobId(),
                                            graph.name(),
                                            operator.name(),
                                            operator.nodeId());
                            return new Counted(group, new CommitCounts(group));
                        })
                .counts();
    }

    /** The job has ended: its metrics are taken back. */
    void forget(JobId jobId) {
        Iterator<Map.Entry<Key, Counted>> entries = sinks.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Key, Counted> entry = entries.next();
            if (entry.getKey().jobId().equals(jobId)) {
                entry.getValue().group().close();
                entries.remove();
            }
        }
    }

    @Override
    public void close() {
        sinks.values().forEach(each -> each.group().close());
        sinks.clear();
    }
}
