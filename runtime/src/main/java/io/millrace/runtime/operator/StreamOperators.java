package io.millrace.runtime.operator;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;

/** The operators of streaming jobs, and of batch jobs where nothing better is known. */
public final class StreamOperators implements OperatorCatalogue {
    @Override
    public Class<? extends Operator> operatorFor(OperatorSpec.Kind kind, ExecutionMode mode) {
        return switch (kind) {
            case SOURCE -> SourceOperator.class;
            case MAP -> MapOperator.class;
            case FLAT_MAP -> FlatMapOperator.class;
            case FILTER -> FilterOperator.class;
            case PROCESS -> ProcessOperator.class;
            case KEYED_PROCESS -> KeyedProcessOperator.class;
            case KEYED_REDUCE -> KeyedReduceOperator.class;
            case SINK -> SinkOperator.class;
        };
    }
}
