package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;

/** Says which class runs an operator. Immutable; any thread. */
public interface OperatorCatalogue {
    /**
     * The class for a kind: final and top-level, with one constructor {@code (spec,
     * OperatorContext, Receiver)}.
     *
     * @param stored whether checkpoints may be taken of it, or it starts from one
     */
    Class<? extends Operator> operatorFor(
            OperatorSpec.Kind kind, ExecutionMode mode, boolean stored);

    /**
     * The serializer of what an operator emits. Both ends of an edge ask with the same arguments.
     *
     * @param type null if it is found from the records
     */
    default Serializer<?> serializerOf(
            ChainedOperator producer, TypeInformation<?> type, JobSerializers serializers) {
        return serializers.of(type);
    }
}
