package io.millrace.coordinator;

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
import java.util.TreeMap;

/** Builds small job graphs for tests: vertices from 1 on, and edges between them. */
public final class JobGraphs {
    private final List<JobVertex> vertices = new ArrayList<>();
    private final List<JobEdge> edges = new ArrayList<>();
    private int number = 1;
    private boolean bounded = true;
    private Map<String, String> config = Map.of();

    /** The job with this number. */
    public static JobGraphs job(int number) {
        JobGraphs graphs = new JobGraphs();
        graphs.number = number;
        return graphs;
    }

    public static JobId id(int number) {
        return new JobId(String.format("%08x%024d", number, 0));
    }

    /** A vertex in the default slot sharing group with one operator of each of these kinds. */
    public JobGraphs vertex(int parallelism, OperatorSpec.Kind... kinds) {
        return vertex(parallelism, "default", kinds);
    }

    public JobGraphs vertex(int parallelism, String group, OperatorSpec.Kind... kinds) {
        int id = vertices.size() + 1;
        List<ChainedOperator> operators = new ArrayList<>();
        for (OperatorSpec.Kind kind : kinds) {
            int nodeId = operators.isEmpty() ? id : 100 * id + operators.size();
            operators.add(
                    new ChainedOperator(
                            nodeId,
                            null,
                            kind.name(),
                            kind,
                            new byte[0],
                            null,
                            List.of(),
                            List.of()));
        }
        vertices.add(new JobVertex(id, "vertex-" + id, parallelism, 128, group, operators));
        return this;
    }

    /** The last vertex gets its parallelism, at most this, when what it reads is there. */
    public JobGraphs undecided(int highest, int ranges) {
        vertices.add(vertices.remove(vertices.size() - 1).undecided(highest, ranges));
        return this;
    }

    /** Like {@link #undecided}; ranges of these inputs may be cut. */
    public JobGraphs undecidedJoin(int highest, int ranges, Integer... cuttable) {
        vertices.add(
                vertices.remove(vertices.size() - 1).undecided(highest, ranges, List.of(cuttable)));
        return this;
    }

    /** The first operator has this uid, each later one the uid, a dash and its index. */
    public JobGraphs vertexWithUid(int parallelism, String uid, OperatorSpec.Kind... kinds) {
        vertex(parallelism, kinds);
        JobVertex plain = vertices.remove(vertices.size() - 1);
        List<ChainedOperator> operators = new ArrayList<>();
        for (ChainedOperator operator : plain.operators()) {
            operators.add(
                    new ChainedOperator(
                            operator.nodeId(),
                            operators.isEmpty() ? uid : uid + "-" + operators.size(),
                            operator.name(),
                            operator.kind(),
                            operator.spec(),
                            null,
                            List.of(),
                            List.of()));
        }
        vertices.add(
                new JobVertex(
                        plain.id(),
                        plain.name(),
                        parallelism,
                        plain.maxParallelism(),
                        plain.slotSharingGroup(),
                        operators));
        return this;
    }

    public JobGraphs edge(int source, int target, Partitioning.Kind kind) {
        edges.add(new JobEdge(edges.size(), source, 0, null, target, 0, kind, new byte[0]));
        return this;
    }

    /** An edge between stages. */
    public JobGraphs stored(int source, int target, Partitioning.Kind kind) {
        edges.add(new JobEdge(edges.size(), source, 0, null, target, 0, kind, new byte[0], true));
        return this;
    }

    /** An edge between stages to one of several inputs. */
    public JobGraphs storedTo(int source, int target, int input, Partitioning.Kind kind) {
        edges.add(
                new JobEdge(edges.size(), source, 0, null, target, input, kind, new byte[0], true));
        return this;
    }

    public JobGraphs unbounded() {
        bounded = false;
        return this;
    }

    public JobGraphs config(String key, String value) {
        config = new TreeMap<>(config);
        config.put(key, value);
        return this;
    }

    public JobGraph build() {
        return new JobGraph(
                id(number),
                "job-" + number,
                bounded ? ExecutionMode.BATCH : ExecutionMode.STREAMING,
                bounded,
                vertices,
                edges,
                config,
                List.of());
    }
}
