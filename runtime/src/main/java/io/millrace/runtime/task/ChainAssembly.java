package io.millrace.runtime.task;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.option.ProgramOptions;
import io.millrace.runtime.chain.ChainOptions;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.exchange.BarrierAligner;
import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.exchange.EdgeWriters;
import io.millrace.runtime.exchange.Exchange;
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
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.SideOutput;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.serde.Serializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Builds the chain of one subtask from the job graph: reads its functions, wires its operators from
 * the last to the first. Used once, on the task's thread.
 */
final class ChainAssembly implements ChainFactory {
    private final JobGraph graph;
    private final TaskScope scope;
    private final OperatorCatalogue catalogue;
    private final WarmCode warmCode;
    private final ChainSerializers serializers;
    private final ChainChannels channels;
    // Read by build, at first.
    private List<OperatorSpec> specs;
    private Map<Integer, Partitioning> partitionings;
    private ClassCopies copies;

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
        this.catalogue = catalogue;
        this.warmCode = warmCode;
        this.serializers =
                new ChainSerializers(
                        graph,
                        scope,
                        catalogue,
                        warmCode.serializers(
                                scope.userLoader(),
                                scope.config().get(ProgramOptions.GENERIC_TYPES)));
        this.channels =
                new ChainChannels(
                        graph, scope, placement, exchange, storedEdges, settings, serializers);
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
            List<List<JobEdge>> edgesByInput = ChainChannels.byInput(graph, scope.vertex());
            BarrierAligner aligner = channels.aligner(edgesByInput);
            int firstChannel = 0;
            for (List<JobEdge> edges : edgesByInput) {
                ChunkReceiver entrance = ChainParts.entrance(places[0], inputs.size(), copies);
                inputs.add(channels.input(edges, entrance, aligner, firstChannel, links.wake()));
                firstChannel += channels.channels(edges);
            }
            inputs.forEach(channels::restore);
            SourceHead source = inputs.isEmpty() ? (SourceHead) places[0] : null;
            List<String> names = operators.stream().map(ChainedOperator::name).toList();
            return new Chain(
                    inputs, aligner, source, List.of(places), names, outputs, channels.results());
        } catch (Throwable e) {
            inputs.forEach(input -> input.gate().close());
            outputs.forEach(EdgeOutput::close);
            channels.dropResults();
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

    private Operator place(
            int index, Operator[] places, List<EdgeOutput> outputs, TaskLinks links) {
        ChainedOperator operator = scope.vertex().operators().get(index);
        boolean emits = operator.kind() != OperatorSpec.Kind.SINK;
        Serializer<Object> out = emits ? serializers.ofOutput(operator) : null;
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
                            serializers.ofSide(side),
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
                        serializers.ofInputs(index),
                        out,
                        serializers.ofProgram());
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
            EdgeOutput output = channels.output(edge, serializer, links, operator.name());
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
}
