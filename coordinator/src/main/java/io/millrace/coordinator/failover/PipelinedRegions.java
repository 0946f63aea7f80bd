package io.millrace.coordinator.failover;

import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The parts of a job that restart on their own: the connected components of its graph, since
 * records in a pipelined exchange are gone once one end is. Pure.
 */
public final class PipelinedRegions {
    private PipelinedRegions() {}

    /**
     * The vertex ids of each region, both in the order of the graph's vertices.
     *
     * <p>Union by smallest position: every vertex points to the first vertex of its region.
     */
    public static List<List<Integer>> of(JobGraph graph) {
        List<JobVertex> vertices = graph.vertices();
        TreeMap<Integer, Integer> positions = new TreeMap<>();
        int[] first = new int[vertices.size()];
        for (int i = 0; i < first.length; i++) {
            positions.put(vertices.get(i).id(), i);
            first[i] = i;
        }
        for (JobEdge edge : graph.edges()) {
            int a = rootOf(first, positions.get(edge.sourceVertex()));
            int b = rootOf(first, positions.get(edge.targetVertex()));
            first[Math.max(a, b)] = Math.min(a, b);
        }
        TreeMap<Integer, List<Integer>> regions = new TreeMap<>();
        for (int i = 0; i < first.length; i++) {
            regions.computeIfAbsent(rootOf(first, i), root -> new ArrayList<>())
                    .add(vertices.get(i).id());
        }
        return regions.values().stream().map(List::copyOf).toList();
    }

    private static int rootOf(int[] first, int position) {
        int root = position;
        while (first[root] != root) {
            root = first[root];
        }
        return root;
    }
}
