package io.millrace.coordinator.job;

import io.millrace.coordinator.failover.PipelinedRegions;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The regions of one job. Confined to the coordinator's thread. */
final class JobRegions {
    private final List<Region> regions = new ArrayList<>();
    private final TreeMap<Integer, Region> byVertex = new TreeMap<>();

    JobRegions(JobGraph graph, SlotLayout layout) {
        for (List<Integer> vertexIds : PipelinedRegions.of(graph)) {
            Region region = new Region(regions.size(), graph, vertexIds, layout);
            regions.add(region);
            vertexIds.forEach(vertexId -> byVertex.put(vertexId, region));
        }
    }

    List<Region> all() {
        return regions;
    }

    Region get(int index) {
        return regions.get(index);
    }

    /** The region of a vertex, or null if the job has no such vertex. */
    Region of(int vertexId) {
        return byVertex.get(vertexId);
    }

    /** The current runs of a vertex of the job, by subtask. */
    List<SubtaskRun> runsOf(int vertexId) {
        return byVertex.get(vertexId).runsOf(vertexId);
    }

    /** The run of exactly this attempt on this worker, or null if it is not a current one. */
    SubtaskRun current(String workerId, AttemptId attempt) {
        Region region = byVertex.get(attempt.vertexId());
        SubtaskRun run = region == null ? null : region.current(attempt);
        return run != null && workerId.equals(run.workerId()) ? run : null;
    }

    List<Region> in(Region.Phase phase) {
        return regions.stream().filter(region -> region.phase() == phase).toList();
    }

    List<Region> notFinished() {
        return regions.stream().filter(r -> r.phase() != Region.Phase.FINISHED).toList();
    }

    /** The regions that the loss of a worker breaks; see {@link Region#isBrokenBy}. */
    List<Region> brokenBy(String workerId) {
        return notFinished().stream().filter(region -> region.isBrokenBy(workerId)).toList();
    }

    boolean allFinished() {
        return notFinished().isEmpty();
    }

    /** Whether each one runs or has finished. */
    boolean allDeployed() {
        return notFinished().stream().allMatch(r -> r.phase() == Region.Phase.RUNNING);
    }

    /** Whether no attempt can still run. */
    boolean allEnded() {
        return regions.stream().allMatch(region -> region.live() == 0);
    }

    /** What the current attempts have prepared, in the order of vertices and subtasks. */
    List<OperatorCommittables> committables() {
        return regions.stream()
                .flatMap(region -> region.runs().stream())
                .flatMap(run -> run.committables().stream())
                .toList();
    }
}
