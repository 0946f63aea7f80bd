package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.plan.ChannelPlan;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The edges between stages, as the tasks of one deployment write and read them. Immutable. */
final class StoredEdges {
    private final StoredExchange exchange;
    private final JobGraph graph;
    private final Map<Producer, StoredResult> results = new HashMap<>();

    private record Producer(int edgeId, int subtask) {}

    /**
     * @param exchange used, not closed
     * @param results of earlier stages that the tasks read
     */
    StoredEdges(StoredExchange exchange, JobGraph graph, List<StoredResult> results) {
        this.exchange = exchange;
        this.graph = graph;
        for (StoredResult result : results) {
            ResultId id = result.id();
            this.results.put(new Producer(id.edgeId(), id.producerSubtask()), result);
        }
    }

    ResultWriter openWriter(ResultId id, int consumers, Supplier<ChunkCodec> codec) {
        return exchange.openWriter(id, consumers, codec);
    }

    /**
     * Opens what a consumer reads of an edge.
     *
     * @param producers in the order of the readers
     */
    List<ChannelReader> openReaders(
            JobEdge edge,
            int[] producers,
            int consumer,
            Supplier<ChunkCodec> codec,
            IntFunction<Runnable> onItem) {
        List<StoredExchange.Input> inputs = new ArrayList<>(producers.length);
        for (int producer : producers) {
            StoredResult result = results.get(new Producer(edge.id(), producer));
            if (result == null) {
                throw new MillraceException(
                        ErrorCode.INTERNAL,
                        "the deployment does not say where the result of subtask "
                                + producer
                                + " of '"
                                + graph.vertex(edge.sourceVertex()).name()
                                + "' on edge "
                                + edge.id()
                                + " is, which subtask "
                                + consumer
                                + " of '"
                                + graph.vertex(edge.targetVertex()).name()
                                + "' reads.");
            }
            inputs.add(new StoredExchange.Input(result, rangeOf(edge, producer, consumer)));
        }
        return exchange.openReaders(inputs, codec, onItem);
    }

    /** How many ranges a producer writes: what goes to all its consumers is kept once. */
    static int ranges(Partitioning.Kind kind, int consumers) {
        return kind == Partitioning.Kind.BROADCAST ? 1 : consumers;
    }

    private int rangeOf(JobEdge edge, int producer, int consumer) {
        if (edge.kind() == Partitioning.Kind.BROADCAST) {
            return 0;
        }
        int[] consumers =
                ChannelPlan.consumersOf(
                        edge.kind(),
                        producer,
                        graph.vertex(edge.sourceVertex()).parallelism(),
                        graph.vertex(edge.targetVertex()).parallelism());
        return Arrays.binarySearch(consumers, consumer);
    }

    /** Of the writers of one attempt. */
    TaskResults resultsOf(List<ResultWriter> writers) {
        return new TaskResults(exchange, writers);
    }
}
