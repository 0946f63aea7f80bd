package io.millrace.host.usercode;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.serde.JavaSerialization;
import java.util.List;
import java.util.Map;

/** Job graphs of one vertex with one operator. */
final class Graphs {
    static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");

    private Graphs() {}

    static JobGraph of(String operator, OperatorSpec spec, int parallelism) {
        return of(operator, spec, parallelism, ExecutionMode.BATCH, Map.of());
    }

    static JobGraph of(
            String operator,
            OperatorSpec spec,
            int parallelism,
            ExecutionMode mode,
            Map<String, String> config) {
        ChainedOperator chained =
                new ChainedOperator(
                        1,
                        null,
                        operator,
                        spec.kind(),
                        JavaSerialization.write(spec, operator),
                        null,
                        List.of(),
                        List.of());
        return new JobGraph(
                JOB,
                "job",
                mode,
                true,
                List.of(new JobVertex(1, operator, parallelism, 128, "default", List.of(chained))),
                List.of(),
                config,
                List.of());
    }
}
