package io.millrace.runtime.task;

import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.TaskScope;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.SideOutput;
import io.millrace.runtime.serde.JavaSerialization;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.util.List;

/** The serializers of what one chain's operators emit and read. Used on the task's thread. */
final class ChainSerializers {
    private final JobGraph graph;
    private final TaskScope scope;
    private final OperatorCatalogue catalogue;
    private final JobSerializers serializers;

    /**
     * @param serializers of the program
     */
    ChainSerializers(
            JobGraph graph,
            TaskScope scope,
            OperatorCatalogue catalogue,
            JobSerializers serializers) {
        this.graph = graph;
        this.scope = scope;
        this.catalogue = catalogue;
        this.serializers = serializers;
    }

    /** Of the program. */
    JobSerializers ofProgram() {
        return serializers;
    }

    /** Of what an operator emits. */
    @SuppressWarnings("unchecked") // records of the output, whatever they are
    Serializer<Object> ofOutput(ChainedOperator producer) {
        return (Serializer<Object>)
                catalogue.serializerOf(producer, typeOf(producer.outputType()), serializers);
    }

    /** Of what an operator emits beside. */
    @SuppressWarnings("unchecked") // records of the output, whatever they are
    Serializer<Object> ofSide(SideOutput side) {
        return (Serializer<Object>) serializers.of(typeOf(side.type()));
    }

    private TypeInformation<?> typeOf(byte[] type) {
        return type == null
                ? null
                : JavaSerialization.read(type, scope.userLoader(), TypeInformation.class);
    }

    /** Of what comes into an operator: from the one before in the chain, or from each input. */
    List<Serializer<Object>> ofInputs(int index) {
        for (ChainedOperator before : scope.vertex().operators()) {
            if (before.chainedTo().contains(index)) {
                return List.of(ofOutput(before));
            }
            for (SideOutput side : before.sideOutputs()) {
                if (side.chainedTo().contains(index)) {
                    return List.of(ofSide(side));
                }
            }
        }
        return ChainChannels.byInput(graph, scope.vertex()).stream()
                .map(edges -> of(edges.get(0)))
                .toList();
    }

    /** Of the records of an edge; both ends ask. */
    Serializer<Object> of(JobEdge edge) {
        ChainedOperator producer =
                graph.vertex(edge.sourceVertex()).operators().get(edge.sourceOperator());
        return edge.sourceTag() == null
                ? ofOutput(producer)
                : ofSide(producer.sideOutput(edge.sourceTag()));
    }
}
