package io.millrace.coordinator.job;

import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobVertex;
import io.millrace.runtime.plan.StoredReads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How much there is to read of the results of stages: by range for those who decide how many
 * subtasks read it, by worker for those who decide where. Confined to the coordinator's thread.
 */
final class StageVolumes {
    /** Of so many writers it is looked where their results are; nobody has much of more. */
    private static final int MOST_WRITERS = 1_000;

    private final JobRegions regions;
    private final Stages stages;
    private final StageResults results;
    private final List<JobEdge> edges;

    StageVolumes(JobRegions regions, Stages stages, StageResults results) {
        this.regions = regions;
        this.stages = stages;
        this.results = results;
        this.edges = stages.edges();
    }

    /** How often a result has gone; what is there for a region that may start changes only so. */
    long losses() {
        return results.losses();
    }

    /**
     * The bytes that a region reads of earlier stages, by the worker that has written them. Without
     * those of edges with very many writers, each of which has next to nothing for one reader.
     */
    Map<WorkerAddress, Long> bytesByWriter(Region region) {
        Map<WorkerAddress, Long> bytes = new LinkedHashMap<>();
        List<JobEdge> looked = edges.stream().filter(edge -> readsFew(region, edge)).toList();
        stages.forEachInput(
                region,
                looked,
                (edge, read) -> {
                    StoredResult result = results.of(edge, read.producer());
                    bytes.merge(
                            result.worker(),
                            result.slice(read.from(), read.to()).bytes(),
                            Long::sum);
                });
        return bytes;
    }

    private boolean readsFew(Region region, JobEdge edge) {
        return region.vertexIds().contains(edge.targetVertex())
                && (edge.kind() == Partitioning.Kind.FORWARD
                        || edge.kind() == Partitioning.Kind.RESCALE
                        || regions.graph().vertex(edge.sourceVertex()).parallelism()
                                <= MOST_WRITERS);
    }

    /** The bytes of each range that is dealt out to a vertex, of all writers and edges. */
    long[] bytesByRange(JobVertex vertex) {
        return bytesByRange(vertex, edge -> true);
    }

    /** The bytes of each range of one input of a vertex. */
    long[] bytesByRange(JobVertex vertex, int input) {
        return bytesByRange(vertex, edge -> edge.targetInput() == input);
    }

    /** The bytes that each writer of an input, whose edge is by key, has made of a range. */
    long[] bytesByWriter(JobVertex vertex, int input, int range) {
        return edges.stream()
                .filter(edge -> edge.targetVertex() == vertex.id())
                .filter(edge -> edge.targetInput() == input)
                .flatMap(edge -> results.allOf(edge).stream())
                .mapToLong(result -> result.ranges().get(range).bytes())
                .toArray();
    }

    private long[] bytesByRange(JobVertex vertex, Predicate<JobEdge> counted) {
        long[] bytes = new long[vertex.ranges()];
        for (JobEdge edge : edges) {
            if (edge.targetVertex() != vertex.id()
                    || edge.kind() == Partitioning.Kind.BROADCAST
                    || !counted.test(edge)) {
                continue;
            }
            for (StoredResult result : results.allOf(edge)) {
                int range =
                        StoredReads.firstRange(
                                regions.graph(), edge, result.id().producerSubtask());
                for (StoredResult.Range each : result.ranges()) {
                    bytes[range++] += each.bytes();
                }
            }
        }
        return bytes;
    }
}
