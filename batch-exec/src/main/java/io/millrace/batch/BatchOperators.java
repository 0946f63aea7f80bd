package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.operator.KeyFold;
import io.millrace.runtime.operator.KeySort;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.util.List;

/** The operators of batch jobs where they differ, and those of streaming jobs. Immutable. */
public final class BatchOperators implements OperatorCatalogue {
    private final OperatorCatalogue streaming = new StreamOperators();

    @Override
    public Class<? extends Operator> operatorFor(
            OperatorSpec.Kind kind, ExecutionMode mode, boolean stored) {
        Class<? extends Operator> bounded = boundedOperatorFor(kind);
        if (bounded != null) {
            return bounded;
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

    /** What waits for the end of its input, in both modes; null for all others. */
    private static Class<? extends Operator> boundedOperatorFor(OperatorSpec.Kind kind) {
        return switch (kind) {
            case FULL_PARTITION -> FullPartitionOperator.class;
            case PARTITION_FOLD -> PartitionFoldOperator.class;
            case GLOBAL_SORT -> GlobalSortOperator.class;
            case SORT_SAMPLE -> SortSampleOperator.class;
            case SORT_RANGES -> SortRangesOperator.class;
            case SORT_DEAL -> SortDealOperator.class;
            case BOUNDED_JOIN -> BoundedJoinOperator.class;
            default -> null;
        };
    }

    @Override
    public KeySort keySort(OperatorContext context, List<KeySelector<Object, Object>> keys) {
        return new SpillingKeySort(context, keys);
    }

    @Override
    public KeyFold keyFold(OperatorContext context, OperatorSpec.WindowSpec spec) {
        return new SpillingKeyFold(context, spec);
    }

    @Override
    public Serializer<?> serializerOf(
            ChainedOperator producer, TypeInformation<?> type, JobSerializers serializers) {
        return switch (producer.kind()) {
            case COMBINE -> new PartialSerializer(serializers.of(null), serializers.of(type));
            case SORT_DEAL -> new DealtSerializer(serializers.of(type));
            default -> serializers.of(type);
        };
    }
}
