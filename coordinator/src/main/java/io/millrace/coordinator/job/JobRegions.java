package io.millrace.coordinator.job;

import io.millrace.coordinator.checkpoint.JobTasks.JobTask;
import io.millrace.coordinator.failover.PipelinedRegions;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.runtime.message.AccumulatorValue;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The regions of one job. Confined to the coordinator's thread. */
final class JobRegions {
    /** Bytes of the accumulators of all subtasks of a job, serialized. */
    static final long MAX_ACCUMULATOR_BYTES = 4 << 20;

    private final List<Region> regions = new ArrayList<>();
    // One of all subtasks, or one for each.
    private final TreeMap<Integer, List<Region>> byVertex = new TreeMap<>();
    private JobGraph graph;

    /**
     * @param firstAttempt that no attempt has had before; 0 if there was none
     */
    JobRegions(JobGraph graph, SlotLayout layout, int firstAttempt) {
        this.graph = graph;
        for (PipelinedRegions.Part part : PipelinedRegions.of(graph)) {
            Region region = new Region(regions.size(), graph, part, layout);
            region.attemptsFrom(firstAttempt);
            regions.add(region);
            for (int vertexId : part.vertexIds()) {
                byVertex.computeIfAbsent(vertexId, id -> new ArrayList<>()).add(region);
            }
        }
    }

    /** The job as far as it is decided. */
    JobGraph graph() {
        return graph;
    }

    /** The parallelism of a vertex of stages is known: regions beyond it are none. */
    void decide(JobVertex decided) {
        graph = graph.with(List.of(decided));
        List<Region> own = byVertex.get(decided.id());
        List<Region> beyond = own.subList(decided.parallelism(), own.size());
        regions.removeAll(beyond);
        beyond.clear();
    }

    List<Region> all() {
        return regions;
    }

    Region get(int index) {
        return regions.stream().filter(each -> each.index() == index).findFirst().orElseThrow();
    }

    /** The regions of a vertex of the job: one, or one for each subtask. */
    List<Region> of(int vertexId) {
        return byVertex.get(vertexId);
    }

    /** The region of a subtask, or null if the job has no such subtask. */
    Region of(int vertexId, int subtask) {
        List<Region> own = byVertex.getOrDefault(vertexId, List.of());
        if (own.size() == 1) {
            return own.get(0).current(vertexId, subtask) == null ? null : own.get(0);
        }
        return subtask >= 0 && subtask < own.size() ? own.get(subtask) : null;
    }

    /** The current runs of a vertex of the job, by subtask. */
    List<SubtaskRun> runsOf(int vertexId) {
        return byVertex.get(vertexId).stream()
                .flatMap(region -> region.runsOf(vertexId).stream())
                .toList();
    }

    /** The current run of a subtask, or null if the job has no such subtask. */
    SubtaskRun current(int vertexId, int subtask) {
        Region region = of(vertexId, subtask);
        return region == null ? null : region.current(vertexId, subtask);
    }

    /** The run of exactly this attempt on this worker, or null if it is not a current one. */
    SubtaskRun current(String workerId, AttemptId attempt) {
        SubtaskRun run = current(attempt.vertexId(), attempt.subtask());
        return run != null && run.id().equals(attempt) && workerId.equals(run.workerId())
                ? run
                : null;
    }

    /** The same, also of an attempt beside the current one. */
    SubtaskRun attempt(String workerId, AttemptId attempt) {
        Region region = of(attempt.vertexId(), attempt.subtask());
        return region == null ? null : region.attempt(workerId, attempt);
    }

    List<Region> in(Region.Phase phase) {
        return regions.stream().filter(region -> region.phase() == phase).toList();
    }

    List<Region> notFinished() {
        return regions.stream().filter(r -> r.phase() != Region.Phase.FINISHED).toList();
    }

    /** The regions that the loss of a worker breaks; see {@link Region#isBrokenBy}. */
    List<Region> brokenBy(String workerId) {
        return regions.stream().filter(region -> region.isBrokenBy(workerId)).toList();
    }

    boolean allFinished() {
        return notFinished().isEmpty();
    }

    /** Whether each one runs or has finished. */
    boolean allDeployed() {
        return notFinished().stream().allMatch(r -> r.phase() == Region.Phase.RUNNING);
    }

    /** Whether none is being cleared or waits for its restart. */
    boolean noneIsCleared() {
        return regions.stream().noneMatch(r -> r.phase() == Region.Phase.CLEARING);
    }

    /** Whether all subtasks of a vertex have finished. */
    boolean haveFinished(int vertexId) {
        return of(vertexId).stream().allMatch(r -> r.phase() == Region.Phase.FINISHED);
    }

    /**
     * For the attempts of a job that takes the place of this one. The number before it is that of
     * regions which have not begun, whose timers are not to be taken for those of this job.
     */
    int nextFirstAttempt() {
        return regions.stream().mapToInt(Region::attempt).max().orElse(-1) + 2;
    }

    /** Whether each task runs or has finished, and none is being ended. */
    boolean allRun() {
        return regions.stream()
                .allMatch(
                        region ->
                                region.isWhole()
                                        && region.runs().stream()
                                                .map(SubtaskRun::state)
                                                .allMatch(
                                                        state ->
                                                                state == TaskState.RUNNING
                                                                        || state
                                                                                == TaskState
                                                                                        .FINISHED));
    }

    /** Those with attempts in their slots that may still run. */
    List<Region> inSlots() {
        return regions.stream().filter(Region::usesSlots).toList();
    }

    /** What none of the regions may be parted from. */
    Set<Integer> slotsInUse() {
        Set<Integer> used = new TreeSet<>();
        regions.forEach(region -> used.addAll(region.slotsInUse()));
        return used;
    }

    /** Whether no attempt can still run. */
    boolean allEnded() {
        return regions.stream().allMatch(region -> region.live() == 0);
    }

    /**
     * The accumulators of the current attempts, as far as they have room: those beyond {@link
     * #MAX_ACCUMULATOR_BYTES} are failures that say so.
     */
    List<AccumulatorValue> accumulators() {
        List<AccumulatorValue> kept = new ArrayList<>();
        long left = MAX_ACCUMULATOR_BYTES;
        for (Region region : regions) {
            for (SubtaskRun run : region.runs()) {
                for (AccumulatorValue value : run.accumulators()) {
                    left -= value.bytes() == null ? 0 : value.bytes().length;
                    kept.add(left >= 0 || value.bytes() == null ? value : dropped(value));
                }
            }
        }
        return List.copyOf(kept);
    }

    private static AccumulatorValue dropped(AccumulatorValue value) {
        return new AccumulatorValue(
                value.operator(),
                value.name(),
                null,
                "found no room: the accumulators of all subtasks of a job may have "
                        + MAX_ACCUMULATOR_BYTES
                        + " bytes when serialized. Write large results to a sink.");
    }

    /** The current attempts, in the order of regions, vertices and subtasks. */
    List<JobTask> tasks() {
        return regions.stream()
                .flatMap(region -> region.runs().stream())
                .map(run -> new JobTask(run.id(), run.workerId(), run.state(), run.committables()))
                .toList();
    }
}
