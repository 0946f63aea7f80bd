package io.millrace.runtime.task;

import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ChunkCodecs;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.BarrierAligner;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.InputGate;
import io.millrace.runtime.exchange.RecordSizes;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.operator.ChunkReceiver;
import io.millrace.runtime.operator.TaskLinks;
import io.millrace.runtime.operator.TaskScope;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChannelPlan;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.plan.StoredReads;
import io.millrace.runtime.serde.Serializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Opens the channels of one chain: what its gates read and what its outputs write. Used once, on
 * the task's thread.
 */
final class ChainChannels {
    private final JobGraph graph;
    private final TaskScope scope;
    private final PlacementTable placement;
    private final Exchange exchange;
    private final StoredEdges storedEdges;
    private final CheckpointSettings settings;
    private final ChainSerializers serializers;
    private final List<ResultWriter> results = new ArrayList<>();

    ChainChannels(
            JobGraph graph,
            TaskScope scope,
            PlacementTable placement,
            Exchange exchange,
            StoredEdges storedEdges,
            CheckpointSettings settings,
            ChainSerializers serializers) {
        this.graph = graph;
        this.scope = scope;
        this.placement = placement;
        this.exchange = exchange;
        this.storedEdges = storedEdges;
        this.settings = settings;
        this.serializers = serializers;
    }

    /** The edges that lead to each input of a vertex; none for a source. */
    static List<List<JobEdge>> byInput(JobGraph graph, JobVertex vertex) {
        TreeMap<Integer, List<JobEdge>> byInput = new TreeMap<>();
        for (JobEdge edge : graph.inputsOf(vertex.id())) {
            byInput.computeIfAbsent(edge.targetInput(), input -> new ArrayList<>()).add(edge);
        }
        return List.copyOf(byInput.values());
    }

    /** What later stages read of the outputs. */
    TaskResults results() {
        return storedEdges.resultsOf(results);
    }

    /** The chain will never run: drops the results that have been begun. */
    void dropResults() {
        results.forEach(ResultWriter::close);
    }

    // ---- outputs

    /**
     * What writes an edge.
     *
     * @param writer names the operator
     */
    EdgeOutput output(JobEdge edge, Serializer<Object> serializer, TaskLinks links, String writer) {
        boolean keyed = edge.kind() == Partitioning.Kind.KEY_GROUP;
        Supplier<ChunkCodec> codec = ChunkCodecs.of(serializer, keyed);
        return new EdgeOutput(
                edge.stored() ? storedWriters(edge, codec) : writers(edge, codec, links.wake()),
                keyed,
                RecordChunk.CAPACITY,
                links.waiter(),
                new RecordSizes(serializer),
                () -> links.guard().admits(writer));
    }

    private ChannelWriter[] writers(JobEdge edge, Supplier<ChunkCodec> codec, Runnable wake) {
        int[] consumers =
                ChannelPlan.consumersOf(
                        edge.kind(),
                        scope.attempt().subtask(),
                        scope.vertex().parallelism(),
                        graph.vertex(edge.targetVertex()).parallelism());
        ChannelWriter[] writers = new ChannelWriter[consumers.length];
        try {
            for (int i = 0; i < writers.length; i++) {
                writers[i] =
                        exchange.openWriter(
                                channel(edge, scope.attempt().subtask(), consumers[i]),
                                placement.of(edge.targetVertex(), consumers[i]),
                                codec,
                                wake);
            }
            return writers;
        } catch (Throwable e) {
            Arrays.stream(writers).filter(w -> w != null).forEach(ChannelWriter::close);
            throw e;
        }
    }

    private ChannelWriter[] storedWriters(JobEdge edge, Supplier<ChunkCodec> codec) {
        AttemptId attempt = scope.attempt();
        int ranges = StoredReads.ranges(graph, edge, attempt.subtask());
        ResultWriter result =
                storedEdges.openWriter(
                        new ResultId(
                                attempt.jobId(), edge.id(), attempt.subtask(), attempt.attempt()),
                        ranges,
                        codec);
        results.add(result);
        ChannelWriter[] writers = new ChannelWriter[ranges];
        Arrays.setAll(writers, result::channel);
        return writers;
    }

    // ---- inputs

    /** Finds the place of barriers in what comes in. */
    BarrierAligner aligner(List<List<JobEdge>> edgesByInput) {
        int channels = 0;
        BitSet overtakable = new BitSet();
        for (List<JobEdge> edges : edgesByInput) {
            for (JobEdge edge : edges) {
                int producers = producers(edge).length;
                overtakable.set(channels, channels + producers, mayBeOvertaken(edge.kind()));
                channels += producers;
            }
        }
        return new BarrierAligner(
                channels,
                settings.alignment().exactlyOnce(),
                settings.alignment().mayOvertake() ? overtakable : new BitSet());
    }

    /**
     * Opens one input.
     *
     * @param firstChannel its first one among those of all inputs
     */
    TaskInput input(
            List<JobEdge> edges,
            ChunkReceiver entrance,
            BarrierAligner aligner,
            int firstChannel,
            Runnable wake) {
        return new TaskInput(
                gate(edges, aligner, firstChannel, wake),
                entrance,
                edges.stream().map(this::inputEdge).toList(),
                form(edges));
    }

    /** Whether records on their way could be dealt out at another parallelism. */
    private boolean mayBeOvertaken(Partitioning.Kind kind) {
        return switch (kind) {
            case REBALANCE, SHUFFLE, KEY_GROUP -> true;
            case CUSTOM -> settings.alignment().everyChannel();
            case FORWARD, RESCALE, BROADCAST, GLOBAL -> false;
        };
    }

    /** Of the records of an input, while they are on their way. */
    private ChannelForm form(List<JobEdge> edges) {
        JobEdge edge = edges.get(0);
        JobVertex vertex = scope.vertex();
        int subtask = scope.attempt().subtask();
        return new ChannelForm(
                edge.targetInput(),
                serializers.of(edge),
                edge.kind() == Partitioning.Kind.KEY_GROUP,
                vertex.firstKeyGroup(subtask),
                vertex.lastKeyGroup(subtask),
                vertex.maxParallelism(),
                serializers.ofProgram());
    }

    /** Gives an input the records that were on their way to it. */
    void restore(TaskInput input) {
        List<RecordChunk> chunks = new ArrayList<>();
        for (RestoredPart part : scope.restored().channels()) {
            if (ChannelForm.inputOf(part.part()) == input.form().input()) {
                chunks.addAll(input.form().read(part, scope.restored().segments()));
            }
        }
        input.gate().restore(chunks);
    }

    private InputEdge inputEdge(JobEdge edge) {
        return new InputEdge(edge.id(), edge.sourceVertex(), producers(edge));
    }

    /** How many channels an input has. */
    int channels(List<JobEdge> edges) {
        int channels = 0;
        for (JobEdge edge : edges) {
            channels += producers(edge).length;
        }
        return channels;
    }

    private InputGate gate(
            List<JobEdge> inputs, BarrierAligner aligner, int firstChannel, Runnable wake) {
        InputGate gate = new InputGate(channels(inputs), aligner, firstChannel);
        try {
            int channel = 0;
            for (JobEdge edge : inputs) {
                boolean keyed = edge.kind() == Partitioning.Kind.KEY_GROUP;
                Supplier<ChunkCodec> codec = ChunkCodecs.of(serializers.of(edge), keyed);
                int first = channel;
                IntFunction<Runnable> onItem =
                        index ->
                                () -> {
                                    gate.signal(first + index);
                                    wake.run();
                                };
                for (ChannelReader reader : readers(edge, codec, onItem)) {
                    gate.connect(channel++, reader);
                }
            }
        } catch (Throwable e) {
            gate.close();
            throw e;
        }
        return gate;
    }

    /** In the order of the producers. */
    private List<ChannelReader> readers(
            JobEdge edge, Supplier<ChunkCodec> codec, IntFunction<Runnable> onItem) {
        int subtask = scope.attempt().subtask();
        if (edge.stored()) {
            return storedEdges.openReaders(edge, subtask, codec, onItem);
        }
        int[] producers = producers(edge);
        List<ChannelReader> readers = new ArrayList<>(producers.length);
        try {
            for (int producer : producers) {
                readers.add(
                        exchange.openReader(
                                channel(edge, producer, subtask),
                                placement.of(edge.sourceVertex(), producer),
                                codec,
                                onItem.apply(readers.size())));
            }
            return readers;
        } catch (Throwable e) {
            readers.forEach(ChannelReader::close);
            throw e;
        }
    }

    private int[] producers(JobEdge edge) {
        if (edge.stored()) {
            return StoredReads.of(graph, edge, scope.attempt().subtask()).stream()
                    .mapToInt(StoredReads.Read::producer)
                    .toArray();
        }
        return ChannelPlan.producersOf(
                edge.kind(),
                scope.attempt().subtask(),
                graph.vertex(edge.sourceVertex()).parallelism(),
                scope.vertex().parallelism());
    }

    private ChannelId channel(JobEdge edge, int producer, int consumer) {
        return new ChannelId(
                scope.attempt().jobId(), edge.id(), producer, consumer, scope.attempt().attempt());
    }
}
