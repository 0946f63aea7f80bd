package io.millrace.host.usercode;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.speculate.SpeculationSettings;
import io.millrace.runtime.metrics.CoordinatorMetrics;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The split enumerators of all jobs. Confined to the coordinator's thread; no method waits. What
 * enumerators decide comes back through {@code events}, with the generation that they were started
 * with.
 */
public final class Enumerators implements AutoCloseable {
    private record Key(JobId jobId, int vertexId, int operatorIndex) {}

    private final UserCode userCode;
    private final Consumer<Event> events;
    private final CoordinatorMetrics metrics;
    private final Map<Key, EnumeratorRunner> running = new HashMap<>();

    /**
     * @param events takes what enumerators decide; called on their threads, must not wait
     * @param metrics closed with this
     */
    public Enumerators(UserCode userCode, Consumer<Event> events, CoordinatorMetrics metrics) {
        this.userCode = userCode;
        this.events = events;
        this.metrics = metrics;
    }

    /** Makes the enumerator of a source; one of an older generation is closed. */
    public void start(Effect.StartEnumerator effect) {
        JobGraph graph = effect.graph();
        JobVertex vertex = graph.vertex(effect.vertexId());
        ChainedOperator operator = vertex.operators().get(effect.operatorIndex());
        EnumeratorRunner runner =
                new EnumeratorRunner(
                        new EnumeratorRunner.Identity(
                                graph.jobId(),
                                vertex.id(),
                                effect.operatorIndex(),
                                effect.generation()),
                        operator,
                        vertex.parallelism(),
                        effect.position(),
                        () -> userCode.loaderOf(graph),
                        metrics.enumerator(
                                graph.jobId(), graph.name(), operator.name(), operator.nodeId()),
                        isSpeculative(graph),
                        events);
        EnumeratorRunner older =
                running.put(new Key(graph.jobId(), vertex.id(), effect.operatorIndex()), runner);
        if (older != null) {
            older.close();
        }
        runner.start();
    }

    /** Whether slow subtasks may be tried a second time while they run. */
    private static boolean isSpeculative(JobGraph graph) {
        return graph.mode() == ExecutionMode.BATCH
                && SpeculationSettings.from(Config.of(graph.config())).enabled();
    }

    public void readerRegistered(Effect.ReaderRegistered effect) {
        EnumeratorRunner runner = find(effect);
        if (runner != null) {
            runner.addReader(effect.subtask(), effect.attempt(), effect.host());
        }
    }

    public void readerGone(Effect.ReaderGone effect) {
        EnumeratorRunner runner = find(effect);
        if (runner != null) {
            runner.removeReader(effect.subtask(), effect.attempt());
        }
    }

    public void splitRequest(Effect.SplitRequest effect) {
        EnumeratorRunner runner = find(effect);
        if (runner != null) {
            runner.requestSplit(effect.subtask(), effect.host());
        }
    }

    public void readerEvent(Effect.ReaderEvent effect) {
        EnumeratorRunner runner = find(effect);
        if (runner != null) {
            runner.handleEvent(effect.subtask(), effect.attempt(), effect.event());
        }
    }

    /** Asks for positions; one that is gone does not answer, since its tasks start anew. */
    public void snapshot(Effect.SnapshotEnumerators effect) {
        for (Effect.SourceRef source : effect.sources()) {
            EnumeratorRunner runner =
                    find(
                            effect.jobId(),
                            source.vertexId(),
                            source.operatorIndex(),
                            source.generation());
            if (runner != null) {
                runner.snapshot(effect.checkpointId());
            }
        }
    }

    public void checkpointEnded(Effect.TellEnumerators effect) {
        running.forEach(
                (key, runner) -> {
                    if (key.jobId().equals(effect.jobId())) {
                        runner.checkpointEnded(effect.checkpointId(), effect.complete());
                    }
                });
    }

    /** Closes the job's enumerators of this generation, and no others. */
    public void stop(Effect.StopEnumerators effect) {
        Iterator<Map.Entry<Key, EnumeratorRunner>> entries = running.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Key, EnumeratorRunner> entry = entries.next();
            if (entry.getKey().jobId().equals(effect.jobId())
                    && entry.getValue().generation() == effect.generation()) {
                entry.getValue().close();
                entries.remove();
            }
        }
    }

    /** Closes all of them. */
    @Override
    public void close() {
        running.values().forEach(EnumeratorRunner::close);
        running.clear();
        metrics.close();
    }

    private EnumeratorRunner find(Effect.ToEnumerator effect) {
        return find(effect.jobId(), effect.vertexId(), effect.operatorIndex(), effect.generation());
    }

    /** Null if that enumerator is gone: whoever asked it has been restarted since. */
    private EnumeratorRunner find(JobId jobId, int vertexId, int operatorIndex, int generation) {
        EnumeratorRunner runner = running.get(new Key(jobId, vertexId, operatorIndex));
        return runner != null && runner.generation() == generation ? runner : null;
    }
}
