package io.millrace.runtime.task;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.chain.ChainOptions;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.chain.Receiver;
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
import io.millrace.runtime.exchange.EdgeWriters;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.InputGate;
import io.millrace.runtime.exchange.RecordSizes;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.operator.ChainParts;
import io.millrace.runtime.operator.CheckedHandOver;
import io.millrace.runtime.operator.ChunkReceiver;
import io.millrace.runtime.operator.GroupedInputs;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.SideOutputs;
import io.millrace.runtime.operator.SourceHead;
import io.millrace.runtime.operator.TaskLinks;
import io.millrace.runtime.operator.TaskScope;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.ChannelPlan;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.plan.SideOutput;
import io.millrace.runtime.plan.StoredReads;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Builds the chain of one subtask from the job graph: opens its channels, reads its functions,
 * wires its operators from the last to the first. Used once, on the task's thread.
 */
final class ChainAssembly implements ChainFactory {
    private final JobGraph graph;
    private final TaskScope scope;
    private final PlacementTable placement;
    private final Exchange exchange;
    private final StoredEdges storedEdges;
    private final OperatorCatalogue catalogue;
    private final WarmCode warmCode;
    private final CheckpointSettings settings;
    private final JobSerializers serializers;
    // Read by build, at first.
    private List<OperatorSpec> specs;
    private Map<Integer, Partitioning> partitionings;
    private ClassCopies copies;
    private final List<ResultWriter> results = new ArrayList<>();

    ChainAssembly(
            JobGraph graph,
            TaskScope scope,
            PlacementTable placement,
            Exchange exchange,
            StoredEdges storedEdges,
            OperatorCatalogue catalogue,
            WarmCode warmCode,
            CheckpointSettings settings) {
        this.graph = graph;
        this.scope = scope;
        this.placement = placement;
        this.exchange = exchange;
        this.storedEdges = storedEdges;
        this.catalogue = catalogue;
        this.warmCode = warmCode;
        this.settings = settings;
        this.serializers =
                warmCode.serializers(
                        scope.userLoader(), scope.config().get(ProgramOptions.GENERIC_TYPES));
    }

    @Override
    public Chain build(TaskLinks links) {
        List<EdgeOutput> outputs = new ArrayList<>();
        List<TaskInput> inputs = new ArrayList<>();
        try {
            List<ChainedOperator> operators = scope.vertex().operators();
            readFunctions(operators);
            boolean isolated = scope.config().get(ChainOptions.PROFILE_ISOLATION);
            copies =
                    isolated
                            ? warmCode.copies(specs, List.copyOf(partitionings.values()))
                            : new ClassCopies(false);
            Operator[] places = new Operator[operators.size()];
            for (int i = operators.size() - 1; i >= 0; i--) {
                places[i] = place(i, places, outputs, links);
            }
            List<List<JobEdge>> edgesByInput = edgesByInput();
            BarrierAligner aligner = aligner(edgesByInput);
            int firstChannel = 0;
            for (List<JobEdge> edges : edgesByInput) {
                ChunkReceiver entrance = ChainParts.entrance(places[0], inputs.size(), copies);
                inputs.add(
                        new TaskInput(
                                gate(edges, aligner, firstChannel, links.wake()),
                                entrance,
                                edges.stream().map(this::inputEdge).toList(),
                                form(edges)));
                firstChannel += channels(edges);
            }
            inputs.forEach(this::restore);
            SourceHead source = inputs.isEmpty() ? (SourceHead) places[0] : null;
            List<String> names = operators.stream().map(ChainedOperator::name).toList();
            return new Chain(
                    inputs,
                    aligner,
                    source,
                    List.of(places),
                    names,
                    outputs,
                    storedEdges.resultsOf(results));
        } catch (Throwable e) {
            inputs.forEach(input -> input.gate().close());
            outputs.forEach(EdgeOutput::close);
            results.forEach(ResultWriter::close);
            throw e;
        }
    }

    private void readFunctions(List<ChainedOperator> operators) {
        specs = new ArrayList<>();
        partitionings = new LinkedHashMap<>();
        for (ChainedOperator operator : operators) {
            specs.add(read(operator.spec(), OperatorSpec.class));
            operator.outEdges().forEach(this::readPartitioning);
            operator.sideOutputs().forEach(side -> side.outEdges().forEach(this::readPartitioning));
        }
    }

    private void readPartitioning(int edgeId) {
        partitionings.put(edgeId, read(graph.edge(edgeId).partitioning(), Partitioning.class));
    }

    private <T> T read(byte[] bytes, Class<T> type) {
        return JavaSerialization.read(bytes, scope.userLoader(), type);
    }

    /** The edges that lead to each input of the vertex; none for a source. */
    private List<List<JobEdge>> edgesByInput() {
        TreeMap<Integer, List<JobEdge>> byInput = new TreeMap<>();
        for (JobEdge edge : graph.inputsOf(scope.vertex().id())) {
            byInput.computeIfAbsent(edge.targetInput(), input -> new ArrayList<>()).add(edge);
        }
        return List.copyOf(byInput.values());
    }

    private Operator place(
            int index, Operator[] places, List<EdgeOutput> outputs, TaskLinks links) {
        ChainedOperator operator = scope.vertex().operators().get(index);
        boolean emits = operator.kind() != OperatorSpec.Kind.SINK;
        Serializer<Object> out = emits ? mainSerializerOf(operator) : null;
        Receiver main =
                behind(
                        operator,
                        out,
                        operator.chainedTo(),
                        operator.outEdges(),
                        "tee " + index,
                        places,
                        outputs,
                        links);
        Map<String, Receiver> sides = new LinkedHashMap<>();
        for (SideOutput side : operator.sideOutputs()) {
            sides.put(
                    side.tag(),
                    behind(
                            operator,
                            sideSerializerOf(side),
                            side.chainedTo(),
                            side.outEdges(),
                            "tee " + index + " " + side.tag(),
                            places,
                            outputs,
                            links));
        }
        OperatorSpec spec = specs.get(index);
        OperatorContext context =
                new OperatorContext(
                        scope,
                        operator,
                        index,
                        links,
                        new SideOutputs(sides),
                        inputSerializers(index),
                        out,
                        serializers);
        Supplier<Operator> made =
                () ->
                        ChainParts.operator(
                                copies.at(
                                        "operator " + index,
                                        catalogue.operatorFor(
                                                spec.kind(), scope.mode(), isStored())),
                                spec,
                                context,
                                ChainParts.withSides(
                                        main, sides.values(), copies, "sides " + index));
        return GroupedInputs.before(made, spec, context, catalogue, copies, "grouped " + index);
    }

    /** Whether checkpoints are taken of the job, or it starts from one. */
    private boolean isStored() {
        return CheckpointSettings.from(scope.config()).isEnabled()
                || scope.restored().checkpointId().isPresent();
    }

    /** The place where the records of one output go: to operators of the chain and on edges. */
    private Receiver behind(
            ChainedOperator operator,
            Serializer<Object> serializer,
            List<Integer> chainedTo,
            List<Integer> outEdges,
            String teePlace,
            Operator[] places,
            List<EdgeOutput> outputs,
            TaskLinks links) {
        Serializer<Object> copier = OperatorContext.copierOf(serializer, scope.objectReuse());
        List<Receiver> behind = new ArrayList<>();
        for (int next : chainedTo) {
            behind.add(
                    checked(
                            places[next],
                            serializer,
                            operator.name(),
                            scope.vertex().operators().get(next).name()));
        }
        for (int edgeId : outEdges) {
            JobEdge edge = graph.edge(edgeId);
            EdgeOutput output = output(edge, serializer, links, operator.name());
            outputs.add(output);
            Receiver writer =
                    EdgeWriters.of(
                            partitionings.get(edgeId),
                            output,
                            copier,
                            copies,
                            "writer " + edgeId,
                            graph.vertex(edge.targetVertex()).maxParallelism(),
                            scope.attempt().subtask(),
                            operator.name());
            behind.add(checked(writer, serializer, operator.name(), "edge " + edgeId));
        }
        return ChainParts.join(behind, copier, copies, teePlace);
    }

    private Receiver checked(
            Receiver next, Serializer<Object> serializer, String sender, String receiver) {
        boolean debug =
                scope.config().get(ChainOptions.DEBUG_COPIES)
                        || Boolean.getBoolean(ChainOptions.DEBUG_COPIES.key());
        return debug ? new CheckedHandOver(next, serializer, sender, receiver) : next;
    }

    @SuppressWarnings("unchecked") // records of the output, whatever they are
    private Serializer<Object> mainSerializerOf(ChainedOperator producer) {
        return (Serializer<Object>)
                catalogue.serializerOf(producer, typeOf(producer.outputType()), serializers);
    }

    @SuppressWarnings("unchecked") // records of the output, whatever they are
    private Serializer<Object> sideSerializerOf(SideOutput side) {
        return (Serializer<Object>) serializers.of(typeOf(side.type()));
    }

    private TypeInformation<?> typeOf(byte[] type) {
        return type == null ? null : read(type, TypeInformation.class);
    }

    /** Of what comes into an operator: from the one before in the chain, or from each input. */
    private List<Serializer<Object>> inputSerializers(int index) {
        for (ChainedOperator before : scope.vertex().operators()) {
            if (before.chainedTo().contains(index)) {
                return List.of(mainSerializerOf(before));
            }
            for (SideOutput side : before.sideOutputs()) {
                if (side.chainedTo().contains(index)) {
                    return List.of(sideSerializerOf(side));
                }
            }
        }
        return edgesByInput().stream().map(edges -> serializerOf(edges.get(0))).toList();
    }

    /** Of the records of an edge; both ends ask. */
    private Serializer<Object> serializerOf(JobEdge edge) {
        ChainedOperator producer =
                graph.vertex(edge.sourceVertex()).operators().get(edge.sourceOperator());
        return edge.sourceTag() == null
                ? mainSerializerOf(producer)
                : sideSerializerOf(producer.sideOutput(edge.sourceTag()));
    }

    private EdgeOutput output(
            JobEdge edge, Serializer<Object> serializer, TaskLinks links, String writer) {
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

    private BarrierAligner aligner(List<List<JobEdge>> edgesByInput) {
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

    /** Whether records on their way could be dealt out at another parallelism. */
    private boolean mayBeOvertaken(Partitioning.Kind kind) {
        return switch (kind) {
            case REBALANCE, SHUFFLE, KEY_GROUP -> true;
            case CUSTOM -> settings.alignment().everyChannel();
            case FORWARD, RESCALE, BROADCAST, GLOBAL -> false;
        };
    }

    private ChannelForm form(List<JobEdge> edges) {
        JobEdge edge = edges.get(0);
        JobVertex vertex = scope.vertex();
        int subtask = scope.attempt().subtask();
        return new ChannelForm(
                edge.targetInput(),
                serializerOf(edge),
                edge.kind() == Partitioning.Kind.KEY_GROUP,
                vertex.firstKeyGroup(subtask),
                vertex.lastKeyGroup(subtask),
                vertex.maxParallelism(),
                serializers);
    }

    /** Gives an input the records that were on their way to it. */
    private void restore(TaskInput input) {
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

    private int channels(List<JobEdge> edges) {
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
                Supplier<ChunkCodec> codec = ChunkCodecs.of(serializerOf(edge), keyed);
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
