package io.millrace.coordinator.enumerate;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.coordinator.Effect;
import io.millrace.runtime.checkpoint.Manifest.EnumeratorEntry;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The split enumerators of one job, one for each source operator. Confined to the coordinator's
 * thread.
 *
 * <p>Enumerators start and stop with the region of their vertex. Each start has a generation that
 * is unique in the job, so an answer of a stopped enumerator is known by its number alone, and
 * stopping one region leaves the others' in peace.
 */
public final class Enumerators {
    private final JobGraph graph;
    private final TreeMap<Integer, Integer> generations = new TreeMap<>();
    // Attempts that have run under the running enumerators, by vertex and subtask.
    private final TreeMap<Integer, TreeMap<Integer, TreeSet<Integer>>> readers = new TreeMap<>();
    // Operators whose running enumerators hear of each attempt, by vertex.
    private final TreeMap<Integer, TreeSet<Integer>> hearing = new TreeMap<>();
    private int nextGeneration;

    /**
     * @param firstGeneration that no enumerator of the job has had before
     */
    public Enumerators(JobGraph graph, int firstGeneration) {
        this.graph = graph;
        this.nextGeneration = firstGeneration;
    }

    /** Where a source's enumerator goes on from. */
    @FunctionalInterface
    public interface Positions {
        /** Null if it begins anew. */
        EnumeratorEntry of(int vertexId, int operatorIndex);
    }

    /** That none has had yet. */
    public int nextGeneration() {
        return nextGeneration;
    }

    /** Starts the enumerators of a region's vertices; none of them runs. */
    public List<Effect> start(List<Integer> vertexIds, Positions positions) {
        int generation = nextGeneration;
        List<Effect> effects = new ArrayList<>();
        for (int vertexId : vertexIds) {
            for (int operator : sourcesOf(graph.vertex(vertexId))) {
                effects.add(
                        new Effect.StartEnumerator(
                                graph,
                                vertexId,
                                operator,
                                generation,
                                positions.of(vertexId, operator)));
                generations.put(vertexId, generation);
                readers.put(vertexId, new TreeMap<>());
            }
        }
        nextGeneration++;
        return effects;
    }

    /** Stops the enumerators of a region's vertices, if they run. */
    public List<Effect> stop(List<Integer> vertexIds) {
        vertexIds.forEach(hearing::remove);
        return vertexIds.stream()
                .map(generations::remove)
                .filter(generation -> generation != null)
                .distinct()
                .<Effect>map(generation -> new Effect.StopEnumerators(graph.jobId(), generation))
                .toList();
    }

    /** Those that run, in the order of their vertices. */
    public List<Effect.SourceRef> running() {
        List<Effect.SourceRef> running = new ArrayList<>();
        generations.forEach(
                (vertexId, generation) ->
                        sourcesOf(graph.vertex(vertexId))
                                .forEach(
                                        operator ->
                                                running.add(
                                                        new Effect.SourceRef(
                                                                vertexId, operator, generation))));
        return running;
    }

    /** Whether an enumerator of this vertex and generation runs. */
    public boolean isCurrent(int vertexId, int generation) {
        Integer current = generations.get(vertexId);
        return current != null && current == generation;
    }

    /** Whether an enumerator of this vertex runs. */
    public boolean isRunning(int vertexId) {
        return generations.containsKey(vertexId);
    }

    /** The enumerator of an operator, which runs, wants to hear of each attempt. */
    public void hearsAttempts(int vertexId, int operatorIndex) {
        hearing.computeIfAbsent(vertexId, id -> new TreeSet<>()).add(operatorIndex);
    }

    /** Whether an operator's enumerator hears of each attempt. */
    public boolean isHearingAttempts(int vertexId, int operatorIndex) {
        return hearing.getOrDefault(vertexId, new TreeSet<>()).contains(operatorIndex);
    }

    /**
     * Tells of a source subtask that has become {@code RUNNING}; once, also if its region restarts
     * by itself while the enumerator goes on, but for enumerators that hear of each attempt.
     */
    public List<Effect> readerRuns(AttemptId attempt, String host) {
        Integer generation = generations.get(attempt.vertexId());
        if (generation == null) {
            return List.of();
        }
        TreeSet<Integer> told =
                readers.get(attempt.vertexId())
                        .computeIfAbsent(attempt.subtask(), subtask -> new TreeSet<>());
        boolean first = told.isEmpty();
        if (!told.add(attempt.attempt())) {
            return List.of();
        }
        return sourcesOf(graph.vertex(attempt.vertexId())).stream()
                .filter(operator -> first || isHearingAttempts(attempt.vertexId(), operator))
                .<Effect>map(operator -> registered(attempt, operator, generation, host))
                .toList();
    }

    /**
     * Tells an operator's enumerator, which has just said that it hears of each attempt, of one
     * that runs already; unless it is the one that it was told of as its subtask's first.
     */
    public List<Effect> readerRunsAlready(AttemptId attempt, int operator, String host) {
        TreeSet<Integer> told =
                readers.get(attempt.vertexId()).getOrDefault(attempt.subtask(), new TreeSet<>());
        return told.isEmpty() || told.first() == attempt.attempt()
                ? List.of()
                : List.of(registered(attempt, operator, generations.get(attempt.vertexId()), host));
    }

    private static Effect registered(AttemptId attempt, int operator, int generation, String host) {
        return new Effect.ReaderRegistered(
                attempt.jobId(),
                attempt.vertexId(),
                operator,
                generation,
                attempt.subtask(),
                attempt.attempt(),
                host);
    }

    /** An attempt has ended without success: tells those who hear of each attempt. */
    public List<Effect> readerGone(AttemptId attempt) {
        Integer generation = generations.get(attempt.vertexId());
        return generation == null
                ? List.of()
                : hearing.getOrDefault(attempt.vertexId(), new TreeSet<>()).stream()
                        .<Effect>map(
                                operator ->
                                        new Effect.ReaderGone(
                                                attempt.jobId(),
                                                attempt.vertexId(),
                                                operator,
                                                generation,
                                                attempt.subtask(),
                                                attempt.attempt()))
                        .toList();
    }

    /** Hands on a current attempt's request; nothing if no enumerator runs. */
    public List<Effect> splitRequested(AttemptId attempt, int operatorIndex, String host) {
        Integer generation = generations.get(attempt.vertexId());
        return generation == null
                ? List.of()
                : List.of(
                        new Effect.SplitRequest(
                                attempt.jobId(),
                                attempt.vertexId(),
                                operatorIndex,
                                generation,
                                attempt.subtask(),
                                host));
    }

    /** Hands on a current attempt's event; nothing if no enumerator runs. */
    public List<Effect> readerSpoke(AttemptId attempt, int operatorIndex, byte[] event) {
        Integer generation = generations.get(attempt.vertexId());
        return generation == null
                ? List.of()
                : List.of(
                        new Effect.ReaderEvent(
                                attempt.jobId(),
                                attempt.vertexId(),
                                operatorIndex,
                                generation,
                                attempt.subtask(),
                                attempt.attempt(),
                                event));
    }

    private static List<Integer> sourcesOf(JobVertex vertex) {
        List<ChainedOperator> operators = vertex.operators();
        return IntStream.range(0, operators.size())
                .filter(i -> operators.get(i).kind() == OperatorSpec.Kind.SOURCE)
                .boxed()
                .toList();
    }
}
