package io.millrace.coordinator.failover;

import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The parts of a job that start and restart on their own: what pipelined edges connect, since their
 * records are gone once one end is. Pure.
 */
public final class PipelinedRegions {
    private PipelinedRegions() {}

    /**
     * A part of a job.
     *
     * @param vertexIds in the order of the graph's vertices
     * @param subtask the only one of its vertex; {@link #ALL} if it has all of its vertices
     */
    public record Part(List<Integer> vertexIds, int subtask) {
        public static final int ALL = -1;

        public Part {
            vertexIds = List.copyOf(vertexIds);
        }
    }

    /**
     * The parts in the order of the graph's vertices. In a job of stages, a vertex that only stored
     * edges connect is a part for each subtask.
     */
    public static List<Part> of(JobGraph graph) {
        List<Part> parts = new ArrayList<>();
        for (List<Integer> vertexIds : components(graph)) {
            if (vertexIds.size() > 1 || !graph.isStaged()) {
                parts.add(new Part(vertexIds, Part.ALL));
                continue;
            }
            int subtasks = graph.vertex(vertexIds.get(0)).parallelism();
            for (int subtask = 0; subtask < subtasks; subtask++) {
                parts.add(new Part(vertexIds, subtask));
            }
        }
        return parts;
    }

    /** Union by smallest position: every vertex points to the first vertex of its component. */
    private static List<List<Integer>> components(JobGraph graph) {
        List<JobVertex> vertices = graph.vertices();
        TreeMap<Integer, Integer> positions = new TreeMap<>();
        int[] first = new int[vertices.size()];
        for (int i = 0; i < first.length; i++) {
            positions.put(vertices.get(i).id(), i);
            first[i] = i;
        }
        for (JobEdge edge : graph.edges()) {
            if (edge.stored()) {
                continue;
            }
            int a = rootOf(first, positions.get(edge.sourceVertex()));
            int b = rootOf(first, positions.get(edge.targetVertex()));
            first[Math.max(a, b)] = Math.min(a, b);
        }
        TreeMap<Integer, List<Integer>> regions = new TreeMap<>();
        for (int i = 0; i < first.length; i++) {
            regions.computeIfAbsent(rootOf(first, i), root -> new ArrayList<>())
                    .add(vertices.get(i).id());
        }
        return List.copyOf(regions.values());
    }

    private static int rootOf(int[] first, int position) {
        int root = position;
        while (first[root] != root) {
            root = first[root];
        }
        return root;
    }
}
