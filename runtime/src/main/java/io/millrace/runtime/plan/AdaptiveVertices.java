package io.millrace.runtime.plan;

import io.millrace.api.graph.Partitioning;
import io.millrace.api.option.AdaptiveOptions;
import io.millrace.api.option.Config;
import io.millrace.api.option.ProgramOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which vertices of a job of stages get their parallelism when what they read is there. Pure.
 *
 * <p>Those for which the program sets none, and that read earlier stages by key or by turns. What
 * {@code FORWARD} edges connect has one parallelism: the first vertex decides, the others follow;
 * so there has to be one that is the first, and all of them may be decided.
 */
final class AdaptiveVertices {
    /** More ranges than subtasks make these even; each of them costs a writer an open block. */
    private static final int RANGES = 128;

    private final List<JobVertex> vertices;
    private final List<JobEdge> edges;
    private final Set<Integer> set;
    private final Map<Integer, List<Integer>> cuttable;

    private AdaptiveVertices(
            List<JobVertex> vertices,
            List<JobEdge> edges,
            Set<Integer> set,
            Map<Integer, List<Integer>> cuttable) {
        this.cuttable = cuttable;
        this.vertices = vertices;
        this.edges = edges;
        this.set = set;
    }

    /**
     * The same vertices, some of them undecided.
     *
     * @param set those with an operator whose parallelism the program sets
     * @param cuttable inputs by vertex, as in {@link CuttableInputs}
     */
    static List<JobVertex> in(
            List<JobVertex> vertices,
            List<JobEdge> edges,
            Set<Integer> set,
            Map<Integer, List<Integer>> cuttable,
            Config config) {
        boolean given = config.contains(ProgramOptions.PARALLELISM);
        if (!config.get(AdaptiveOptions.ENABLED)
                || given && !config.contains(AdaptiveOptions.ENABLED)) {
            return vertices;
        }
        int highest =
                given && !config.contains(AdaptiveOptions.MAX_PARALLELISM)
                        ? config.get(ProgramOptions.PARALLELISM)
                        : config.get(AdaptiveOptions.MAX_PARALLELISM);
        return new AdaptiveVertices(vertices, edges, set, cuttable).undecided(highest);
    }

    private List<JobVertex> undecided(int highest) {
        List<JobVertex> all = new ArrayList<>(vertices);
        for (JobVertex vertex : vertices) {
            Set<Integer> together = connected(vertex.id());
            if (mayBeDecided(together)) {
                int ranges = Math.max(RANGES, highest);
                for (int id : together) {
                    ranges = Math.min(ranges, vertex(id).maxParallelism());
                }
                all.set(
                        vertices.indexOf(vertex),
                        vertex.undecided(
                                Math.min(highest, ranges),
                                ranges,
                                cuttable(vertex.id(), together)));
            }
        }
        return all;
    }

    /**
     * An input must have one writing vertex, which deals by key. What {@code FORWARD} edges bind to
     * the vertex would have to be cut with it.
     */
    private List<Integer> cuttable(int vertexId, Set<Integer> together) {
        if (together.size() > 1) {
            return List.of();
        }
        return cuttable.getOrDefault(vertexId, List.of()).stream()
                .filter(
                        input -> {
                            List<JobEdge> read =
                                    edges.stream()
                                            .filter(edge -> edge.targetVertex() == vertexId)
                                            .filter(edge -> edge.targetInput() == input)
                                            .toList();
                            return read.size() == 1
                                    && read.get(0).kind() == Partitioning.Kind.KEY_GROUP;
                        })
                .toList();
    }

    private JobVertex vertex(int id) {
        return vertices.stream().filter(vertex -> vertex.id() == id).findFirst().orElseThrow();
    }

    /** What {@code FORWARD} edges connect with a vertex. */
    private Set<Integer> connected(int id) {
        Set<Integer> together = new TreeSet<>(Set.of(id));
        boolean grew = true;
        while (grew) {
            grew = false;
            for (JobEdge edge : edges) {
                if (edge.kind() == Partitioning.Kind.FORWARD
                        && (together.contains(edge.sourceVertex())
                                || together.contains(edge.targetVertex()))) {
                    grew |= together.add(edge.sourceVertex());
                    grew |= together.add(edge.targetVertex());
                }
            }
        }
        return together;
    }

    private boolean mayBeDecided(Set<Integer> together) {
        int first = 0;
        for (int id : together) {
            List<JobEdge> read = edges.stream().filter(e -> e.targetVertex() == id).toList();
            if (set.contains(id) || read.isEmpty() || !read.stream().allMatch(this::mayBeShared)) {
                return false;
            }
            if (read.stream().noneMatch(edge -> edge.kind() == Partitioning.Kind.FORWARD)) {
                first++;
                if (read.stream().noneMatch(edge -> deals(edge.kind()))) {
                    return false;
                }
            }
        }
        return first == 1;
    }

    /** Whether it does not matter to the program how many subtasks read an edge. */
    private boolean mayBeShared(JobEdge edge) {
        return edge.stored()
                && (deals(edge.kind())
                        || edge.kind() == Partitioning.Kind.FORWARD
                        || edge.kind() == Partitioning.Kind.BROADCAST);
    }

    /** Whether each reader of such an edge gets its part of the records. */
    private static boolean deals(Partitioning.Kind kind) {
        return switch (kind) {
            case KEY_GROUP, REBALANCE, RESCALE, SHUFFLE -> true;
            case FORWARD, BROADCAST, GLOBAL, CUSTOM -> false;
        };
    }
}
