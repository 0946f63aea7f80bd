package io.millrace.runtime.plan;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program as it is deployed: chains of operators and the exchanges between them. Immutable.
 *
 * @param vertices in an order in which sources come before their targets
 * @param bounded whether every source ends by itself
 * @param userJars paths of the user's jars in the working directory of every process of the job;
 *     empty if the program is on the class path
 * @param attachments what travels beside the vertices
 */
public record JobGraph(
        JobId jobId,
        String name,
        ExecutionMode mode,
        boolean bounded,
        List<JobVertex> vertices,
        List<JobEdge> edges,
        Map<String, String> config,
        List<String> userJars,
        JobAttachments attachments) {

    /** Without attachments. */
    public JobGraph(
            JobId jobId,
            String name,
            ExecutionMode mode,
            boolean bounded,
            List<JobVertex> vertices,
            List<JobEdge> edges,
            Map<String, String> config,
            List<String> userJars) {
        this(jobId, name, mode, bounded, vertices, edges, config, userJars, JobAttachments.NONE);
    }

    public JobGraph {
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
        config = Map.copyOf(config);
        userJars = List.copyOf(userJars);
    }

    /** This job with one more option. */
    public JobGraph with(String key, String value) {
        Map<String, String> more = new TreeMap<>(config);
        more.put(key, value);
        return new JobGraph(
                jobId, name, mode, bounded, vertices, edges, more, userJars, attachments);
    }

    /** This job with some of its vertices replaced: those of the same ids. */
    public JobGraph with(List<JobVertex> replaced) {
        List<JobVertex> all = new ArrayList<>(vertices);
        for (JobVertex vertex : replaced) {
            all.replaceAll(old -> old.id() == vertex.id() ? vertex : old);
        }
        return new JobGraph(jobId, name, mode, bounded, all, edges, config, userJars, attachments);
    }

    public JobVertex vertex(int id) {
        for (JobVertex vertex : vertices) {
            if (vertex.id() == id) {
                return vertex;
            }
        }
        throw new IllegalArgumentException("job " + jobId + " has no vertex " + id);
    }

    public JobEdge edge(int id) {
        for (JobEdge edge : edges) {
            if (edge.id() == id) {
                return edge;
            }
        }
        throw new IllegalArgumentException("job " + jobId + " has no edge " + id);
    }

    /** Whether it runs stage by stage: some of its edges are stored. */
    public boolean isStaged() {
        return edges.stream().anyMatch(JobEdge::stored);
    }

    public List<JobEdge> inputsOf(int vertexId) {
        return edges.stream().filter(edge -> edge.targetVertex() == vertexId).toList();
    }
}
