package io.millrace.coordinator.simulation;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A program: its graph, and what a run without faults puts out.
 *
 * @param splits of every source; a split is one record, its number
 */
record SimulatedJob(JobGraph graph, int splits, long submitAtMs) {
    /** The records that each sink vertex must have committed in the end. */
    List<Integer> expectedRecords() {
        return IntStream.range(0, splits).boxed().toList();
    }

    static List<SimulatedJob> program(long seed) {
        Dice dice = new Dice(seed, "program");
        List<SimulatedJob> jobs = new ArrayList<>();
        int count = dice.between(1, 3);
        for (int i = 0; i < count; i++) {
            jobs.add(
                    new SimulatedJob(
                            graph(i, dice), dice.between(0, 12), dice.between(0, 20_000) * i));
        }
        return jobs;
    }

    private static JobGraph graph(int number, Dice dice) {
        List<JobVertex> vertices = new ArrayList<>();
        List<JobEdge> edges = new ArrayList<>();
        int pipelines = dice.percent(35) ? 2 : 1;
        for (int p = 0; p < pipelines; p++) {
            addPipeline(vertices, edges, dice);
        }
        boolean bounded = dice.percent(90);
        return new JobGraph(
                new JobId(String.format("%08x%024d", number + 1, 0)),
                "job-" + number,
                bounded ? ExecutionMode.BATCH : ExecutionMode.STREAMING,
                bounded,
                vertices,
                edges,
                dice.percent(20)
                        ? Map.of("restart.strategy", "fixed-delay", "restart.attempts", "1")
                        : Map.of(),
                List.of());
    }

    /** A source, perhaps a vertex between, and a sink; or all in one vertex. */
    private static void addPipeline(List<JobVertex> vertices, List<JobEdge> edges, Dice dice) {
        String group = dice.percent(80) ? "default" : "group-" + vertices.size();
        int width = dice.between(1, 3);
        int length = dice.between(1, 3);
        for (int i = 0; i < length; i++) {
            int id = vertices.size() + 1;
            List<ChainedOperator> operators = new ArrayList<>();
            if (i == 0) {
                operators.add(operator(id, OperatorSpec.Kind.SOURCE));
            }
            if (i == length - 1) {
                operators.add(operator(id, OperatorSpec.Kind.SINK));
            }
            if (operators.isEmpty()) {
                operators.add(operator(id, OperatorSpec.Kind.MAP));
            }
            boolean forward = i > 0 && dice.percent(40);
            if (!forward) {
                width = dice.between(1, 3);
            }
            vertices.add(new JobVertex(id, "vertex-" + id, width, 128, group, operators));
            if (i > 0) {
                edges.add(
                        new JobEdge(
                                edges.size(),
                                id - 1,
                                0,
                                null,
                                id,
                                0,
                                forward ? Partitioning.Kind.FORWARD : Partitioning.Kind.KEY_GROUP,
                                new byte[0]));
            }
        }
    }

    private static ChainedOperator operator(int id, OperatorSpec.Kind kind) {
        return new ChainedOperator(
                id, null, kind.name(), kind, new byte[0], null, List.of(), List.of());
    }
}
