package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.plan.StoredReads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The edges between stages, as the tasks of one deployment write and read them. Immutable. */
final class StoredEdges {
    private final StoredExchange exchange;
    private final JobGraph graph;
    private final Map<Source, StoredExchange.Input> inputs = new HashMap<>();

    /** Of what a task reads: an edge, a producer and the first range. */
    private record Source(int edgeId, int producer, int from) {}

    /**
     * @param exchange used, not closed
     * @param results what the tasks read of earlier stages
     */
    StoredEdges(StoredExchange exchange, JobGraph graph, List<ResultInput> results) {
        this.exchange = exchange;
        this.graph = graph;
        for (ResultInput result : results) {
            ResultId id = result.id();
            for (ResultSlice slice : result.slices()) {
                inputs.put(
                        new Source(id.edgeId(), id.producerSubtask(), slice.from()),
                        new StoredExchange.Input(id, result.worker(), slice, result.node()));
            }
        }
    }

    ResultWriter openWriter(ResultId id, int ranges, Supplier<ChunkCodec> codec) {
        return exchange.openWriter(id, ranges, codec);
    }

    /** Opens what a consumer reads of an edge, in the order of {@link StoredReads#of}. */
    List<ChannelReader> openReaders(
            JobEdge edge, int consumer, Supplier<ChunkCodec> codec, IntFunction<Runnable> onItem) {
        List<StoredExchange.Input> read = new ArrayList<>();
        for (StoredReads.Read of : StoredReads.of(graph, edge, consumer)) {
            StoredExchange.Input input =
                    inputs.get(new Source(edge.id(), of.producer(), of.from()));
            if (input == null || input.slice().to() != of.to()) {
                throw new MillraceException(
                        ErrorCode.INTERNAL,
                        "the deployment does not say where the result of subtask "
                                + of.producer()
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
            read.add(input);
        }
        return exchange.openReaders(read, codec, onItem);
    }

    /** Of the writers of one attempt. */
    TaskResults resultsOf(List<ResultWriter> writers) {
        return new TaskResults(exchange, writers);
    }
}
