package io.millrace.coordinator.job;

import io.millrace.api.option.Config;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.TimerId.Purpose;
import io.millrace.coordinator.blocklist.NodeTrouble;
import io.millrace.coordinator.resource.WorkerPool;
import io.millrace.coordinator.schedule.SlotAssignment;
import io.millrace.coordinator.speculate.SlowTasks;
import io.millrace.coordinator.speculate.SpeculationSettings;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobVertex;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tries slow subtasks of stages again, elsewhere, while they run on; the first attempt to finish is
 * the one that counts. Confined to the coordinator's thread.
 *
 * <p>What is slow, {@link SlowTasks} says. An attempt beside the current one has a slot of its own
 * and is otherwise like any other: numbered, journalled when it finishes, ended with its region. A
 * job ends when the attempts that were overtaken have ended. All attempts of a source's subtask are
 * given the same splits.
 */
final class SecondAttempts {
    private final JobRegions regions;
    private final JobTimers timers;
    private final WorkerPool pool;
    private final JobSlots slots;
    private final ReaderTraffic readers;
    private final long cancelTimeoutMs;
    private SpeculationSettings settings; // null before it is read, or if there are no stages
    // Slow ones that run, and have no attempt beside yet that there could be.
    private final Set<Region> wanted = new LinkedHashSet<>();
    private final TreeMap<Integer, Score> scores = new TreeMap<>();
    private boolean looking;
    private boolean alone;
    private int looks;

    /** How it went in one vertex. */
    private static final class Score {
        int begun;
        int first;
    }

    /**
     * @param cancelTimeoutMs how long an attempt may take to end that was overtaken
     */
    SecondAttempts(
            JobRegions regions,
            JobTimers timers,
            WorkerPool pool,
            JobSlots slots,
            ReaderTraffic readers,
            long cancelTimeoutMs) {
        this.regions = regions;
        this.timers = timers;
        this.pool = pool;
        this.slots = slots;
        this.readers = readers;
        this.cancelTimeoutMs = cancelTimeoutMs;
    }

    /**
     * Before anything runs.
     *
     * @param staged whether the job has stages
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION}
     */
    void read(Config config, boolean staged) {
        SpeculationSettings read = SpeculationSettings.from(config);
        settings = staged && read.enabled() ? read : null;
    }

    // ---- looking for slow ones

    /** Something runs: looks after a while, and then again and again. */
    void look(Turn turn) {
        if (settings != null && !looking) {
            looking = true;
            looks++;
            turn.add(
                    new Effect.SetTimer(
                            timers.of(Purpose.SLOW_TASKS, looks), settings.checkIntervalMs()));
        }
    }

    void onTimer(TimerId timer, Turn turn) {
        if (!looking || timer.generation() != looks) {
            return;
        }
        looking = false;
        Set<Region> before = new LinkedHashSet<>(wanted);
        wanted.clear();
        for (JobVertex vertex : regions.graph().vertices()) {
            if (!vertex.isUndecided() && mayRunTwice(vertex)) {
                findSlow(vertex, before, turn);
            }
        }
        look(turn);
    }

    private void findSlow(JobVertex vertex, Collection<Region> before, Turn turn) {
        List<Region> own = regions.of(vertex.id());
        List<Region> running =
                own.stream().filter(region -> region.phase() == Region.Phase.RUNNING).toList();
        if (running.isEmpty() || !own.get(0).isOneSubtask()) {
            return;
        }
        List<SubtaskRun> finished =
                own.stream()
                        .filter(region -> region.phase() == Region.Phase.FINISHED)
                        .map(region -> region.runs().get(0))
                        .toList();
        List<Long> tookMs =
                finished.stream().map(SubtaskRun::tookMs).filter(took -> took >= 0).toList();
        OptionalLong limitMs = SlowTasks.limitMs(own.size(), finished.size(), tookMs, settings);
        if (limitMs.isEmpty()) {
            return;
        }
        for (Region region : running) {
            long runsMs = turn.nowMs() - region.newest().startedAtMs();
            if (region.triedAgain() < settings.maxAttempts() - 1
                    && runsMs >= limitMs.getAsLong()
                    && readers.mayReadTwice(region.newest())) {
                wanted.add(region);
                if (!before.contains(region) && settings.blockNodeMs() > 0) {
                    turn.blame(slowNode(region.newest(), runsMs, limitMs.getAsLong()));
                }
            }
        }
    }

    private NodeTrouble slowNode(SubtaskRun run, long runsMs, long limitMs) {
        String reason =
                String.format(
                        "task %s runs for %d ms there; of its stage, what takes more than %d ms is"
                                + " slow (slow-task-detector)",
                        run.id(), runsMs, limitMs);
        return NodeTrouble.slow(run.host(), reason, settings.blockNodeMs());
    }

    /** Whether two attempts of a subtask may run at a time, as far as its operators say. */
    private static boolean mayRunTwice(JobVertex vertex) {
        return vertex.operators().stream().noneMatch(ChainedOperator::oneAttemptOnly);
    }

    // ---- trying again

    /** Slow subtasks for whose next attempt there is no worker yet. */
    int lacking() {
        return alone ? 0 : wanted.size();
    }

    /** There will be no more workers: what slots there are has to do. */
    void onWorkersRefused() {
        alone = true;
    }

    /** Begins the attempts for which there are slots; returns whether there were any. */
    boolean deploy(StageMaster stages, Deployment deployment, Turn turn) {
        wanted.removeIf(region -> region.phase() != Region.Phase.RUNNING);
        int before = wanted.size();
        for (Region region : List.copyOf(wanted)) {
            boolean readable = stages.hasInputsOf(region) && readers.mayReadTwice(region.newest());
            String worker = readable ? workerBeside(region) : null;
            if (worker != null) {
                wanted.remove(region);
                turn.addAll(stages.reserveAttempts(List.of(region)));
                pool.occupy(worker);
                SubtaskRun run = region.deployAnother(pool.address(worker), turn.nowMs());
                score(run).begun++;
                turn.addAll(deployment.another(run, stages.inputsOf(region)));
                turn.addAll(readers.replay(run));
            }
        }
        return wanted.size() < before;
    }

    /** One on which no attempt of it runs, on another node if there is one; or null. */
    private String workerBeside(Region region) {
        Set<String> workers = new TreeSet<>();
        Set<String> nodes = new TreeSet<>();
        for (SubtaskRun run : region.liveRuns()) {
            workers.add(run.workerId());
            nodes.add(run.host());
        }
        List<SlotAssignment.Offer> elsewhere =
                pool.offers().stream()
                        .filter(offer -> !workers.contains(offer.workerId()))
                        .toList();
        List<SlotAssignment.Offer> onOtherNodes =
                elsewhere.stream()
                        .filter(offer -> !nodes.contains(pool.address(offer.workerId()).host()))
                        .toList();
        return SlotAssignment.spread(1, onOtherNodes)
                .or(() -> SlotAssignment.spread(1, elsewhere))
                .map(chosen -> chosen.get(0))
                .orElse(null);
    }

    // ---- the end of attempts

    /** An attempt has finished, and its region with it: others are too late. */
    void onFinished(Region region, SubtaskRun run, Deployment deployment, Turn turn) {
        run.finishedAt(turn.nowMs());
        wanted.remove(region);
        if (run.hasOwnSlot()) {
            score(run).first++;
        }
        List<SubtaskRun> overtaken = region.endOthers();
        if (!overtaken.isEmpty()) {
            overtaken.forEach(this::leaveSlot);
            turn.addAll(deployment.cancel(overtaken));
            turn.add(timers.set(Purpose.CANCEL_DEADLINE, region, cancelTimeoutMs));
        }
    }

    /** The next subtask in this slot is not to follow the slow one to its worker. */
    private void leaveSlot(SubtaskRun overtaken) {
        boolean shared =
                regions.inSlots().stream()
                        .flatMap(region -> region.liveRuns().stream())
                        .anyMatch(
                                run ->
                                        run != overtaken
                                                && !run.hasOwnSlot()
                                                && run.slot() == overtaken.slot());
        if (!overtaken.hasOwnSlot() && !shared) {
            slots.leaveBehind(overtaken.slot());
            overtaken.hasOwnSlot(true);
        }
    }

    /** An attempt has ended, in whatever way. */
    void onEnded(Region region, SubtaskRun run, Turn turn) {
        if (run.state() != TaskState.FINISHED) {
            turn.addAll(readers.gone(run));
        }
        if (run.hasOwnSlot()) {
            run.hasOwnSlot(false);
            pool.vacate(run.workerId(), turn.nowMs());
        }
        boolean lastOvertaken =
                region.phase() == Region.Phase.FINISHED
                        && region.live() == 0
                        && run.state() != TaskState.FINISHED;
        if (lastOvertaken) {
            turn.add(timers.cancel(Purpose.CANCEL_DEADLINE, region));
        }
    }

    private Score score(SubtaskRun run) {
        return scores.computeIfAbsent(run.id().vertexId(), id -> new Score());
    }

    /** What became of a vertex's attempts, for people; null if there were none. */
    String noteOf(int vertexId) {
        Score score = scores.get(vertexId);
        return score == null
                ? null
                : String.format(
                        "%d second attempts of slow subtasks, %d of them first to finish",
                        score.begun, score.first);
    }
}
