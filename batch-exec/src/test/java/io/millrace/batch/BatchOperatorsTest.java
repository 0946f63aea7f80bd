package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.operator.Operator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchOperatorsTest {
    /** Each chain has a copy of its own, so that its calls are inlined; a lambda prevents that. */
    @ParameterizedTest
    @EnumSource(
            value = OperatorSpec.Kind.class,
            names = {
                "KEYED_REDUCE",
                "COMBINE",
                "FULL_PARTITION",
                "PARTITION_FOLD",
                "GLOBAL_SORT",
                "SORT_SAMPLE",
                "SORT_RANGES",
                "SORT_DEAL",
                "BOUNDED_JOIN"
            })
    void theClassOfAnOperatorCanBeCopied(OperatorSpec.Kind kind) {
        Class<? extends Operator> original =
                new BatchOperators().operatorFor(kind, ExecutionMode.BATCH, true);

        assertThat(new ClassCopies(true).at("here", original)).isNotSameAs(original);
    }
}
