package io.millrace.runtime.task;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ChunkCodecs;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.exchange.EdgeWriters;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.exchange.InputGate;
import io.millrace.runtime.operator.ChainParts;
import io.millrace.runtime.operator.ChunkReceiver;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.SourceHead;
import io.millrace.runtime.operator.TaskScope;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.ChannelPlan;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final OperatorCatalogue catalogue;
    private final JobSerializers serializers;
    private final ClassCopies copies;

    ChainAssembly(
            JobGraph graph,
            TaskScope scope,
            PlacementTable placement,
            Exchange exchange,
            OperatorCatalogue catalogue,
            JobSerializers serializers,
            ClassCopies copies) {
        this.graph = graph;
        this.scope = scope;
        this.placement = placement;
        this.exchange = exchange;
        this.catalogue = catalogue;
        this.serializers = serializers;
        this.copies = copies;
    }

    @Override
    public Chain build(Runnable wake, EdgeOutput.SpaceWaiter waiter) {
        List<JobEdge> inputs = graph.inputsOf(scope.vertex().id());
        List<EdgeOutput> outputs = new ArrayList<>();
        InputGate gate = null;
        try {
            List<ChainedOperator> operators = scope.vertex().operators();
            Receiver[] places = new Receiver[operators.size()];
            for (int i = operators.size() - 1; i >= 0; i--) {
                places[i] = place(i, inputs, places, outputs, wake, waiter);
            }
            gate = inputs.isEmpty() ? null : gate(inputs, wake);
            ChunkReceiver entrance = gate == null ? null : ChainParts.entrance(places[0], copies);
            SourceHead source = gate == null ? (SourceHead) places[0] : null;
            List<Operator> built = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < places.length; i++) {
                built.add((Operator) places[i]);
                names.add(operators.get(i).name());
            }
            return new Chain(gate, entrance, source, built, names, outputs);
        } catch (Throwable e) {
            if (gate != null) {
                gate.close();
            }
            outputs.forEach(EdgeOutput::close);
            throw e;
        }
    }

    private Operator place(
            int index,
            List<JobEdge> inputs,
            Receiver[] places,
            List<EdgeOutput> outputs,
            Runnable wake,
            EdgeOutput.SpaceWaiter waiter) {
        ChainedOperator operator = scope.vertex().operators().get(index);
        boolean emits = operator.kind() != OperatorSpec.Kind.SINK;
        Serializer<Object> out = emits ? serializerOf(operator) : null;
        Serializer<Object> copier = OperatorContext.copierOf(out, scope.objectReuse());
        List<Receiver> behind = new ArrayList<>();
        for (int next : operator.chainedTo()) {
            behind.add(places[next]);
        }
        for (int edgeId : operator.outEdges()) {
            JobEdge edge = graph.edge(edgeId);
            Partitioning partitioning =
                    JavaSerialization.read(
                            edge.partitioning(), scope.userLoader(), Partitioning.class);
            EdgeOutput output = output(edge, out, wake, waiter);
            outputs.add(output);
            behind.add(
                    EdgeWriters.of(
                            partitioning,
                            output,
                            copier,
                            copies,
                            "writer " + edgeId,
                            graph.vertex(edge.targetVertex()).maxParallelism(),
                            scope.attempt().subtask(),
                            operator.name()));
        }
        OperatorSpec spec =
                JavaSerialization.read(operator.spec(), scope.userLoader(), OperatorSpec.class);
        OperatorContext context =
                new OperatorContext(scope, operator, index, inputSerializer(index, inputs), out);
        Receiver next = ChainParts.join(behind, copier, copies, "tee " + index);
        return ChainParts.operator(
                copies.at("operator " + index, catalogue.operatorFor(spec.kind(), scope.mode())),
                spec,
                context,
                next);
    }

    @SuppressWarnings("unchecked") // records of the edge, whatever they are
    private Serializer<Object> serializerOf(ChainedOperator producer) {
        TypeInformation<?> type =
                producer.outputType() == null
                        ? null
                        : JavaSerialization.read(
                                producer.outputType(), scope.userLoader(), TypeInformation.class);
        return (Serializer<Object>) catalogue.serializerOf(producer, type, serializers);
    }

    private Serializer<Object> inputSerializer(int index, List<JobEdge> inputs) {
        for (ChainedOperator before : scope.vertex().operators()) {
            if (before.chainedTo().contains(index)) {
                return serializerOf(before);
            }
        }
        return inputs.isEmpty() ? null : serializerOf(producerOf(inputs.get(0)));
    }

    private ChainedOperator producerOf(JobEdge edge) {
        return graph.vertex(edge.sourceVertex()).operators().get(edge.sourceOperator());
    }

    private EdgeOutput output(
            JobEdge edge,
            Serializer<Object> serializer,
            Runnable wake,
            EdgeOutput.SpaceWaiter waiter) {
        boolean keyed = edge.kind() == Partitioning.Kind.KEY_GROUP;
        Supplier<ChunkCodec> codec = ChunkCodecs.of(serializer, keyed);
        JobVertex target = graph.vertex(edge.targetVertex());
        int[] consumers =
                ChannelPlan.consumersOf(
                        edge.kind(),
                        scope.attempt().subtask(),
                        scope.vertex().parallelism(),
                        target.parallelism());
        ChannelWriter[] writers = new ChannelWriter[consumers.length];
        try {
            for (int i = 0; i < writers.length; i++) {
                writers[i] =
                        exchange.openWriter(
                                channel(edge, scope.attempt().subtask(), consumers[i]),
                                placement.of(target.id(), consumers[i]),
                                codec,
                                wake);
            }
        } catch (Throwable e) {
            Arrays.stream(writers).filter(w -> w != null).forEach(ChannelWriter::close);
            throw e;
        }
        return new EdgeOutput(writers, keyed, RecordChunk.CAPACITY, waiter);
    }

    private InputGate gate(List<JobEdge> inputs, Runnable wake) {
        int channels = 0;
        for (JobEdge edge : inputs) {
            channels += producers(edge).length;
        }
        InputGate gate = new InputGate(channels);
        try {
            int channel = 0;
            for (JobEdge edge : inputs) {
                boolean keyed = edge.kind() == Partitioning.Kind.KEY_GROUP;
                Supplier<ChunkCodec> codec = ChunkCodecs.of(serializerOf(producerOf(edge)), keyed);
                for (int producer : producers(edge)) {
                    int number = channel++;
                    gate.connect(
                            number,
                            exchange.openReader(
                                    channel(edge, producer, scope.attempt().subtask()),
                                    placement.of(edge.sourceVertex(), producer),
                                    codec,
                                    () -> {
                                        gate.signal(number);
                                        wake.run();
                                    }));
                }
            }
        } catch (Throwable e) {
            gate.close();
            throw e;
        }
        return gate;
    }

    private int[] producers(JobEdge edge) {
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
