package io.millrace.batch;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;

/** The operators of batch jobs where they differ, and those of streaming jobs. Immutable. */
public final class BatchOperators implements OperatorCatalogue {
    private final OperatorCatalogue streaming = new StreamOperators();

    @Override
    public Class<? extends Operator> operatorFor(
            OperatorSpec.Kind kind, ExecutionMode mode, boolean stored) {
        if (kind == OperatorSpec.Kind.FULL_PARTITION) {
            return FullPartitionOperator.class;
        }
        if (mode == ExecutionMode.BATCH) {
            if (kind == OperatorSpec.Kind.KEYED_REDUCE) {
                return FinalReduceOperator.class;
            }
            if (kind == OperatorSpec.Kind.COMBINE) {
                return CombineOperator.class;
            }
        }
        return streaming.operatorFor(kind, mode, stored);
    }

    @Override
    public Serializer<?> serializerOf(
            ChainedOperator producer, TypeInformation<?> type, JobSerializers serializers) {
        return producer.kind() == OperatorSpec.Kind.COMBINE
                ? new PartialSerializer(serializers.of(null), serializers.of(type))
                : serializers.of(type);
    }
}
