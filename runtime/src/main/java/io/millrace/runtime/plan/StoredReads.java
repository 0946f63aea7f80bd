package io.millrace.runtime.plan;

import io.millrace.api.graph.Partitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which ranges of which producers the subtasks behind a stored edge read. Pure; all who ask get the
 * same answer, so nobody has to tell the other.
 *
 * <p>A producer writes a range for each range of its reader's vertex that the edge links it to; one
 * that all read where each of them gets the same. A reader takes neighbouring ranges.
 */
public final class StoredReads {
    /**
     * Neighbouring ranges of what one producer wrote.
     *
     * @param from the first
     * @param to behind the last
     */
    public record Read(int producer, int from, int to) {}

    private StoredReads() {}

    /** How many ranges a producer writes. */
    public static int ranges(JobGraph graph, JobEdge edge, int producer) {
        return edge.kind() == Partitioning.Kind.BROADCAST
                ? 1
                : linkedTo(graph, edge, producer).length;
    }

    /** The range of the reader's vertex that is a producer's first one. */
    public static int firstRange(JobGraph graph, JobEdge edge, int producer) {
        return edge.kind() == Partitioning.Kind.BROADCAST ? 0 : linkedTo(graph, edge, producer)[0];
    }

    /** What a subtask reads, by ascending producer. */
    public static List<Read> of(JobGraph graph, JobEdge edge, int consumer) {
        JobVertex target = graph.vertex(edge.targetVertex());
        int from = target.firstRange(consumer);
        int to = target.endRange(consumer);
        return switch (edge.kind()) {
            case FORWARD -> List.of(new Read(consumer, 0, 1));
            case BROADCAST -> ofEach(graph, edge, consumer, 0, 1);
            case REBALANCE, SHUFFLE, GLOBAL, KEY_GROUP, CUSTOM ->
                    ofEach(graph, edge, consumer, from, to);
            case RESCALE -> ofLinked(graph, edge, from, to);
        };
    }

    /** Of each writer, or of some if the reader's range is cut. */
    private static List<Read> ofEach(JobGraph graph, JobEdge edge, int consumer, int from, int to) {
        JobVertex target = graph.vertex(edge.targetVertex());
        int writers = graph.vertex(edge.sourceVertex()).parallelism();
        return IntStream.range(
                        target.firstWriter(consumer, edge.targetInput()),
                        target.endWriter(consumer, edge.targetInput(), writers))
                .mapToObj(producer -> new Read(producer, from, to))
                .toList();
    }

    /** Each producer has a part of the ranges, or several of them the same one. */
    private static List<Read> ofLinked(JobGraph graph, JobEdge edge, int from, int to) {
        List<Read> reads = new ArrayList<>();
        int producers = graph.vertex(edge.sourceVertex()).parallelism();
        for (int producer = 0; producer < producers; producer++) {
            int[] linked = linkedTo(graph, edge, producer);
            int first = Math.max(from, linked[0]);
            int end = Math.min(to, linked[linked.length - 1] + 1);
            if (first < end) {
                reads.add(new Read(producer, first - linked[0], end - linked[0]));
            }
        }
        return reads;
    }

    /** The ranges of the reader's vertex that a producer writes to: neighbours, at least one. */
    private static int[] linkedTo(JobGraph graph, JobEdge edge, int producer) {
        return ChannelPlan.consumersOf(
                edge.kind(),
                producer,
                graph.vertex(edge.sourceVertex()).parallelism(),
                edge.kind() == Partitioning.Kind.FORWARD
                        ? graph.vertex(edge.targetVertex()).parallelism()
                        : graph.vertex(edge.targetVertex()).ranges());
    }

    /** The subtasks that read of a producer, ascending. */
    public static int[] readersOf(JobGraph graph, JobEdge edge, int producer) {
        JobVertex target = graph.vertex(edge.targetVertex());
        IntStream all = IntStream.range(0, target.parallelism());
        return switch (edge.kind()) {
            case FORWARD -> new int[] {producer};
            case BROADCAST, REBALANCE, SHUFFLE, GLOBAL, KEY_GROUP, CUSTOM ->
                    all.filter(
                                    reader ->
                                            target.firstWriter(reader, edge.targetInput())
                                                            <= producer
                                                    && target.endWriter(
                                                                    reader,
                                                                    edge.targetInput(),
                                                                    producer + 1)
                                                            > producer)
                            .toArray();
            case RESCALE -> {
                int[] linked = linkedTo(graph, edge, producer);
                int end = linked[linked.length - 1];
                yield all.filter(
                                reader ->
                                        target.firstRange(reader) <= end
                                                && target.endRange(reader) > linked[0])
                        .toArray();
            }
        };
    }
}
