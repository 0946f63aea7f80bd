package io.millrace.coordinator.job;

import io.millrace.coordinator.failover.PipelinedRegions.Part;
import io.millrace.coordinator.journal.StageHistory;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The part of a job that starts and restarts as a whole: vertices, or one subtask of a vertex.
 * Confined to the coordinator's thread.
 *
 * <pre>
 * WAITING → RUNNING → FINISHED
 *    ↑         ↓
 *    └──── CLEARING     until no attempt can still run and the restart delay is over
 * </pre>
 */
final class Region {
    /** Where a region stands. */
    enum Phase {
        /** For slots, and for what it reads of earlier stages. */
        WAITING,
        RUNNING,
        /** A failure, or the end of the job: its attempts are being ended. */
        CLEARING,
        FINISHED
    }

    private final int index;
    private final int subtask;
    private final List<Integer> vertexIds;
    private final List<Integer> slots;
    private final List<JobEdge> edges;
    private final TreeMap<Integer, List<SubtaskRun>> runs = new TreeMap<>();
    private final List<SubtaskRun> allRuns = new ArrayList<>();
    // Live attempts beside the current one, of a region of one subtask: they try to overtake it, or
    // have been overtaken and are being ended.
    private final List<SubtaskRun> others = new ArrayList<>();
    private Phase phase = Phase.WAITING;
    private int attempt = -1;
    private int live;
    private int finished;
    private int triedAgain;
    private boolean delayed;

    Region(int index, JobGraph graph, Part part, SlotLayout layout) {
        this.index = index;
        this.subtask = part.subtask();
        this.vertexIds = part.vertexIds();
        this.edges =
                graph.edges().stream()
                        .filter(edge -> !edge.stored() && vertexIds.contains(edge.sourceVertex()))
                        .toList();
        for (int vertexId : vertexIds) {
            JobVertex vertex = graph.vertex(vertexId);
            List<SubtaskRun> subtasks = new ArrayList<>();
            for (int number = firstSubtask(); number < endSubtask(vertex); number++) {
                subtasks.add(
                        new SubtaskRun(
                                new AttemptId(graph.jobId(), vertexId, number, 0),
                                layout.slotOf(vertexId, number)));
            }
            runs.put(vertexId, subtasks);
            allRuns.addAll(subtasks);
        }
        this.slots = allRuns.stream().map(SubtaskRun::slot).distinct().sorted().toList();
    }

    private int firstSubtask() {
        return subtask == Part.ALL ? 0 : subtask;
    }

    private int endSubtask(JobVertex vertex) {
        return subtask == Part.ALL ? vertex.parallelism() : subtask + 1;
    }

    /** Gives every subtask its next attempt, on the worker of its slot. */
    void deploy(String[] workersBySlot, WorkerPool pool, long nowMs) {
        attempt++;
        for (SubtaskRun run : allRuns) {
            run.deploy(attempt, pool.address(workersBySlot[run.slot()]), nowMs);
        }
        live = allRuns.size();
        finished = 0;
        triedAgain = 0;
        phase = Phase.RUNNING;
    }

    /**
     * Begins one more attempt of its one subtask, which runs.
     *
     * @param on this worker, which gives it a slot of its own
     */
    SubtaskRun deployAnother(WorkerAddress on, long nowMs) {
        attempt++;
        triedAgain++;
        SubtaskRun another = new SubtaskRun(allRuns.get(0).id(), allRuns.get(0).slot());
        another.deploy(attempt, on, nowMs);
        another.hasOwnSlot(true);
        others.add(another);
        live++;
        return another;
    }

    /** Attempts that were begun beside the one that was deployed last. */
    int triedAgain() {
        return triedAgain;
    }

    /** The attempt of its one subtask that began last, of those that run. */
    SubtaskRun newest() {
        return others.isEmpty() ? allRuns.get(0) : others.get(others.size() - 1);
    }

    /** An attempt on a worker, current or beside the current one; null if there is no such. */
    SubtaskRun attempt(String workerId, AttemptId id) {
        SubtaskRun current = current(id.vertexId(), id.subtask());
        if (current == null || current.id().equals(id)) {
            return current != null && workerId.equals(current.workerId()) ? current : null;
        }
        return others.stream()
                .filter(run -> run.id().equals(id) && workerId.equals(run.workerId()))
                .findFirst()
                .orElse(null);
    }

    /**
     * One of its attempts has failed: whether another one goes on, which is the current one then.
     * Only of a region of one subtask.
     */
    boolean carriesOn() {
        if (phase != Phase.RUNNING || !isOneSubtask()) {
            return false;
        }
        if (!allRuns.get(0).isLive() && !others.isEmpty()) {
            makeCurrent(others.get(0));
        }
        return allRuns.get(0).isLive();
    }

    private void makeCurrent(SubtaskRun run) {
        if (others.remove(run)) {
            SubtaskRun before = allRuns.set(0, run);
            runs.get(run.id().vertexId()).set(0, run);
            if (before.isLive()) {
                others.add(before);
            }
        }
    }

    /**
     * It has finished: begins to end the attempts that were overtaken, which are to be cancelled.
     */
    List<SubtaskRun> endOthers() {
        others.forEach(run -> run.become(TaskState.CANCELING));
        return List.copyOf(others);
    }

    /** The next attempt has at least this number. */
    void attemptsFrom(int first) {
        attempt = Math.max(attempt, first - 1);
    }

    /** All its subtasks have finished under an earlier leader. */
    void resume(StageHistory history) {
        for (SubtaskRun run : allRuns) {
            run.resume(history.finished(run.id().vertexId(), run.id().subtask()));
        }
        finished = allRuns.size();
        phase = Phase.FINISHED;
    }

    /** The current run of a subtask, or null if there is no such subtask in this region. */
    SubtaskRun current(int vertexId, int number) {
        List<SubtaskRun> subtasks = runs.get(vertexId);
        int at = number - firstSubtask();
        return subtasks != null && at >= 0 && at < subtasks.size() ? subtasks.get(at) : null;
    }

    /**
     * Moves a run of this region that may move so. One that finishes while it is being ended has
     * not finished for anybody: its region begins anew, or another attempt was faster.
     */
    void move(SubtaskRun run, TaskState next) {
        boolean calledOff = phase != Phase.RUNNING && next == TaskState.FINISHED;
        run.become(calledOff ? TaskState.CANCELED : next);
        if (next == TaskState.FINISHED && !calledOff) {
            finished++;
            makeCurrent(run);
        }
        if (next.isTerminal()) {
            live--;
            others.remove(run);
        }
        if (phase == Phase.RUNNING && finished == allRuns.size()) {
            phase = Phase.FINISHED;
        }
    }

    /**
     * Begins to end what runs.
     *
     * @param restartLater whether a restart delay begins, too
     * @return the attempts to cancel
     */
    List<SubtaskRun> clear(boolean restartLater) {
        phase = Phase.CLEARING;
        delayed = restartLater;
        List<SubtaskRun> cancelled = liveRuns();
        cancelled.forEach(run -> run.become(TaskState.CANCELING));
        return cancelled;
    }

    /** Whether all its tasks run or have ended well, and it is not being cleared. */
    boolean isWhole() {
        return phase == Phase.RUNNING || phase == Phase.FINISHED;
    }

    void delayIsOver() {
        delayed = false;
    }

    /** Goes from {@code CLEARING} to {@code WAITING} if nothing stands against it. */
    void waitForSlotsIfCleared() {
        if (phase == Phase.CLEARING && live == 0 && !delayed) {
            phase = Phase.WAITING;
        }
    }

    /** It had finished, and has to run again, when attempts that were overtaken have ended. */
    void reset() {
        phase = live == 0 ? Phase.WAITING : Phase.CLEARING;
        finished = 0;
    }

    /**
     * Whether the loss of a worker breaks this region: an attempt ran there, or one had finished
     * there whose output, perhaps still in the worker's memory, is read by one that has not.
     */
    boolean isBrokenBy(String workerId) {
        return !liveOn(workerId).isEmpty()
                || allRuns.stream()
                        .filter(run -> workerId.equals(run.workerId()))
                        .anyMatch(this::holdsOutput);
    }

    /** Whether its output is perhaps still in its worker's memory. */
    private boolean holdsOutput(SubtaskRun run) {
        return phase == Phase.RUNNING
                && run.state() == TaskState.FINISHED
                && isStillRead(run.id().vertexId());
    }

    private boolean isStillRead(int vertexId) {
        return edges.stream()
                .filter(edge -> edge.sourceVertex() == vertexId)
                .flatMap(edge -> runs.get(edge.targetVertex()).stream())
                .anyMatch(run -> run.state() != TaskState.FINISHED);
    }

    List<SubtaskRun> liveRuns() {
        return Stream.concat(allRuns.stream(), others.stream()).filter(SubtaskRun::isLive).toList();
    }

    List<SubtaskRun> liveOn(String workerId) {
        return live == 0
                ? List.of()
                : liveRuns().stream().filter(run -> workerId.equals(run.workerId())).toList();
    }

    /** Whether anything may still run in its slots. */
    boolean usesSlots() {
        return live > 0 && liveRuns().stream().anyMatch(run -> !run.hasOwnSlot());
    }

    /** The slots that it may not be parted from: something runs there, or is read from there. */
    List<Integer> slotsInUse() {
        return allRuns.stream()
                .filter(run -> !run.hasOwnSlot())
                .filter(run -> run.isLive() || holdsOutput(run))
                .map(SubtaskRun::slot)
                .distinct()
                .toList();
    }

    int index() {
        return index;
    }

    List<Integer> vertexIds() {
        return vertexIds;
    }

    /** Whether it is one subtask of a vertex whose others are regions of their own. */
    boolean isOneSubtask() {
        return subtask != Part.ALL;
    }

    List<Integer> slots() {
        return slots;
    }

    List<SubtaskRun> runs() {
        return allRuns;
    }

    List<SubtaskRun> runsOf(int vertexId) {
        return runs.get(vertexId);
    }

    /** Its subtasks of a vertex; none if the vertex is not in it. */
    List<SubtaskRun> runsIn(int vertexId) {
        return runs.getOrDefault(vertexId, List.of());
    }

    Phase phase() {
        return phase;
    }

    /** Whether it has begun before, under this leader or one whose results it goes on from. */
    boolean hasRun() {
        return allRuns.get(0).state() != TaskState.CREATED;
    }

    /** −1 before the first deployment. */
    int attempt() {
        return attempt;
    }

    /** Number of attempts that may still run. */
    int live() {
        return live;
    }
}
