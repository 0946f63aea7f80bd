package io.millrace.coordinator.schedule;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A job, and the parallelism that it has been given since it was accepted. Immutable; pure.
 *
 * <p>Vertices change together with those that {@code FORWARD} edges connect them to, since these
 * need equal parallelism. Where the program sets the parallelism of one of them, all keep theirs.
 *
 * @param accepted as the program has made it
 * @param parallelism of the vertices that may change; 0 for what they had when it was accepted
 */
public record ScaledJob(JobGraph accepted, int parallelism) {

    public static ScaledJob asAccepted(JobGraph graph) {
        return new ScaledJob(graph, 0);
    }

    /** The same job with another parallelism. */
    public ScaledJob to(int other) {
        return new ScaledJob(accepted, other);
    }

    /** The job as it is deployed. */
    public JobGraph graph() {
        return parallelism == 0 ? accepted : accepted.with(scaled());
    }

    /**
     * Looks whether the job can run so.
     *
     * @throws MillraceException {@code INVALID_OPTION} with the vertex and its numbers
     */
    public void check() {
        List<JobVertex> scaled = scaled();
        if (scaled.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "the program of job '"
                            + accepted.name()
                            + "' sets the parallelism of all its operators, or of others that they"
                            + " are chained to: nothing can be rescaled. Leave setParallelism out"
                            + " where -p is to decide. The job goes on.");
        }
        for (JobVertex vertex : scaled) {
            if (vertex.parallelism() > vertex.maxParallelism()) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "parallelism "
                                + parallelism
                                + " is more than the maximum parallelism "
                                + vertex.maxParallelism()
                                + " of '"
                                + vertex.name()
                                + "', which its state has for ever. Nothing was touched, and the"
                                + " job goes on. For more, stop it with a savepoint, 'millrace"
                                + " savepoint convert --max-parallelism', and start it from that.");
            }
        }
    }

    private List<JobVertex> scaled() {
        List<JobVertex> scaled = new ArrayList<>();
        for (JobVertex vertex : accepted.vertices()) {
            if (connected(vertex.id()).stream()
                    .map(accepted::vertex)
                    .noneMatch(JobVertex::parallelismSet)) {
                scaled.add(vertex.scaledTo(parallelism));
            }
        }
        return scaled;
    }

    /** The vertices that {@code FORWARD} edges connect with one, and itself. */
    private Set<Integer> connected(int vertexId) {
        Set<Integer> found = new TreeSet<>(Set.of(vertexId));
        int before;
        do {
            before = found.size();
            for (JobEdge edge : accepted.edges()) {
                if (edge.kind() == Partitioning.Kind.FORWARD
                        && (found.contains(edge.sourceVertex())
                                || found.contains(edge.targetVertex()))) {
                    found.add(edge.sourceVertex());
                    found.add(edge.targetVertex());
                }
            }
        } while (found.size() > before);
        return found;
    }
}
