package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.operator.window.SessionWindowOperator;
import io.millrace.runtime.operator.window.SlicedWindowOperator;
import io.millrace.runtime.operator.window.WindowOperator;

/**
 * The operators of streaming jobs, and those of batch jobs that are no different. Those that a
 * batch job runs in another way are given by the catalogue of batch execution, which asks this one
 * last.
 */
public final class StreamOperators implements OperatorCatalogue {
    @Override
    public Class<? extends Operator> operatorFor(
            OperatorSpec.Kind kind, ExecutionMode mode, boolean stored) {
        return switch (kind) {
            case SOURCE -> SourceOperator.class;
            case MAP -> MapOperator.class;
            case FLAT_MAP -> FlatMapOperator.class;
            case FILTER -> FilterOperator.class;
            case PROCESS -> ProcessOperator.class;
            case KEYED_PROCESS -> KeyedProcessOperator.class;
            case KEYED_REDUCE -> {
                if (mode == ExecutionMode.BATCH) {
                    throw needsBatchExecution(kind);
                }
                yield stored ? KeyedReduceOperator.class : UnstoredReduceOperator.class;
            }
            case COMBINE,
                    FULL_PARTITION,
                    PARTITION_FOLD,
                    GLOBAL_SORT,
                    SORT_SAMPLE,
                    SORT_RANGES,
                    SORT_DEAL,
                    BOUNDED_JOIN ->
                    throw needsBatchExecution(kind);
            case CO_MAP -> CoMapOperator.class;
            case CO_FLAT_MAP -> CoFlatMapOperator.class;
            case CO_PROCESS -> CoProcessOperator.class;
            case KEYED_CO_PROCESS -> KeyedCoProcessOperator.class;
            case BROADCAST_PROCESS -> BroadcastProcessOperator.class;
            case KEYED_BROADCAST_PROCESS -> KeyedBroadcastProcessOperator.class;
            case INTERVAL_JOIN -> IntervalJoinOperator.class;
            case WINDOW, END_WINDOW -> WindowOperator.class;
            case SLICED_WINDOW -> SlicedWindowOperator.class;
            case SESSION_WINDOW -> SessionWindowOperator.class;
            case ASYNC -> AsyncOperator.class;
            case TRANSFORM -> TransformOperator.class;
            case CO_TRANSFORM -> CoTransformOperator.class;
            case MULTI_TRANSFORM -> MultiTransformOperator.class;
            case TIMESTAMPS -> TimestampsOperator.class;
            case SINK -> SinkOperator.class;
        };
    }

    private static IllegalStateException needsBatchExecution(OperatorSpec.Kind kind) {
        return new IllegalStateException(kind + " runs with the operators of batch execution");
    }
}
