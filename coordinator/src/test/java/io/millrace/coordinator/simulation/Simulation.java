package io.millrace.coordinator.simulation;

import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.StageRecovery;
import io.millrace.coordinator.blocklist.BlocklistSettings;
import io.millrace.coordinator.failover.RestartStrategy;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.JobId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One run: a program of jobs, a cluster, and the faults of a seed; first chaos, then everything
 * heals and every job has to end. Confined to one thread.
 */
public final class Simulation {
    /** How long a healed world may take to finish all jobs and give back all workers. */
    private static final long CONVERGE_MS = 600_000;

    /** How long an election takes to notice that a leader stands still. */
    private static final long LEASE_MS = 4_000;

    private final long seed;
    private final Bug bug;
    private final boolean sourcesAlign;
    private final List<Fault> faults;
    private final Dice dice;
    private final Agenda agenda = new Agenda();
    private final Trace trace = new Trace();
    private final SimulatedJournal journal = new SimulatedJournal();
    private final SimulatedStorage storage = new SimulatedStorage(this);
    private final SimulatedSavepoints savepoints;
    private final OperationOracle operationOracle = new OperationOracle(this);
    private final boolean operates;
    private final UnaryOperator<Brain> mistakes;
    private final CheckpointOracle checkpointOracle = new CheckpointOracle(this);
    private final Outside outside = new Outside();
    private final Invariants invariants = new Invariants(this);
    private final Observer observer = new Observer(this);
    private final Set<Sighting> sightings = EnumSet.noneOf(Sighting.class);
    private final Map<JobId, SimulatedJob> jobs = new LinkedHashMap<>();
    private final Map<String, SimulatedWorker> workers = new LinkedHashMap<>();
    private final int workerSlots;
    private final int nodes;
    private CoordinatorProcess leader;
    private long epoch;
    private boolean healed;
    private final TreeMap<String, Long> slowUntilMs = new TreeMap<>();
    private long networkSlowUntilMs;
    private long refusedUntilMs;
    private long startSlowUntilMs;
    private long commitFailsUntilMs;
    private long replyLostUntilMs;
    private long storageFailsUntilMs;
    private long storageSlowUntilMs;
    private long pointerReplyLostUntilMs;
    private boolean electing;
    private long sourceWaits;

    private Simulation(long seed, List<Fault> faults, Bug bug, boolean sourcesAlign) {
        this(seed, faults, bug, sourcesAlign, null);
    }

    /**
     * @param operations what may be wrong with them; null if nobody asks for any
     */
    private Simulation(
            long seed,
            List<Fault> faults,
            Bug bug,
            boolean sourcesAlign,
            UnaryOperator<Brain> operations) {
        this.seed = seed;
        this.savepoints = new SimulatedSavepoints(this, seed);
        this.operates = operations != null;
        this.mistakes = operates ? operations : UnaryOperator.identity();
        this.bug = bug;
        this.sourcesAlign = sourcesAlign;
        this.faults = faults;
        this.dice = new Dice(seed, "world");
        this.workerSlots = dice.between(1, 3);
        this.nodes = new Dice(seed, "nodes").between(1, 4);
        SimulatedJob.program(seed).forEach(job -> jobs.put(job.graph().jobId(), job));
    }

    /**
     * How a run went.
     *
     * @param sourceWaits how often a source did not read because others were behind
     */
    public record Report(
            long seed,
            long traceHash,
            long simulatedMs,
            Set<Sighting> sightings,
            long sourceWaits) {}

    /**
     * Runs a seed with the faults that belong to it.
     *
     * @throws InvariantBroken with the seed, the faults and the end of the trace
     */
    public static Report run(long seed) {
        return run(seed, Fault.schedule(seed), Bug.NONE);
    }

    static Report run(long seed, List<Fault> faults, Bug bug) {
        return new Simulation(seed, faults, bug, false).run();
    }

    /** All sources of a job with checkpoints are in one watermark group. */
    static Report runAligned(long seed, List<Fault> faults) {
        return new Simulation(seed, faults, Bug.NONE, true).run();
    }

    /** Somebody asks for operations meanwhile. */
    static OperationOracle.Counts runOperations(long seed, List<Fault> faults, OperationBug bug) {
        Simulation run = new Simulation(seed, faults, Bug.NONE, false, bug::wrap);
        run.run();
        return run.operationOracle.counts();
    }

    boolean sourcesAlign() {
        return sourcesAlign;
    }

    void sourceWaits() {
        sourceWaits++;
    }

    private Report run() {
        try {
            jobs.values().forEach(storage::leave);
            elect();
            jobs.values().forEach(job -> agenda.at(job.submitAtMs(), () -> submit(job)));
            faults.forEach(
                    fault -> agenda.at(fault.atMs(), () -> new FaultHand(this).apply(fault)));
            if (operates) {
                new SimulatedAsker(this, seed).begin();
            }
            agenda.at(Fault.CHAOS_MS, this::heal);
            while (!isDone()) {
                if (!agenda.step() || agenda.nowMs() > Fault.CHAOS_MS + CONVERGE_MS) {
                    throw new InvariantBroken(
                            "I14 no hang",
                            "jobs "
                                    + jobs.keySet().stream()
                                            .filter(job -> journal.ended(job) == null)
                                            .toList()
                                    + " and workers "
                                    + liveWorkers().stream().map(SimulatedWorker::id).toList()
                                    + " remain");
                }
            }
            invariants.checkAllEnded(jobs.values(), faults);
            operationOracle.checkAll(leadersDie());
        } catch (InvariantBroken | RuntimeException e) {
            throw new AssertionError(
                    "seed "
                            + seed
                            + (bug == Bug.NONE ? "" : " with " + bug)
                            + ": "
                            + e
                            + "\nfaults: "
                            + faults
                            + "\nend of the trace:\n"
                            + trace.tail(),
                    e);
        }
        return new Report(seed, trace.hash(), agenda.nowMs(), Set.copyOf(sightings), sourceWaits);
    }

    private boolean isDone() {
        return healed
                && liveWorkers().isEmpty()
                && operationOracle.areAllOver()
                && jobs.keySet().stream().allMatch(job -> journal.ended(job) != null);
    }

    private void heal() {
        trace("heal");
        healed = true;
        networkSlowUntilMs = 0;
        slowUntilMs.clear();
        refusedUntilMs = 0;
        startSlowUntilMs = 0;
        commitFailsUntilMs = 0;
        replyLostUntilMs = 0;
        storageFailsUntilMs = 0;
        storageSlowUntilMs = 0;
        pointerReplyLostUntilMs = 0;
        List.copyOf(workers.values()).forEach(SimulatedWorker::resume);
    }

    // ---- leaders and programs

    private void elect() {
        electing = false;
        epoch = bug == Bug.EPOCH_USED_AGAIN && epoch > 0 ? epoch : epoch + 1;
        CoordinatorSettings settings =
                new CoordinatorSettings(
                        workerSlots,
                        1_000,
                        5_000,
                        40_000,
                        3_000,
                        1_000,
                        8_000,
                        4,
                        500,
                        new RestartStrategy.ExponentialDelay(10, 200, 5_000, 2.0, 60_000),
                        new StageRecovery(true, 10_000),
                        new BlocklistSettings(true, 2, 60_000, 20_000));
        storage.elected(epoch);
        leader =
                new CoordinatorProcess(
                        this,
                        epoch,
                        mistakes.apply(bug.wrap(Brain.real(settings, epoch), settings)));
        if (epoch > 1) {
            observer.onTakeover();
        }
        leader.start();
        for (SimulatedJob job : jobs.values()) {
            if (epoch > 1 && job.submitAtMs() <= agenda.nowMs()) {
                submit(job);
            }
        }
    }

    private void electSoon() {
        if (!electing) {
            electing = true;
            agenda.after(dice.between(500, 5_000), this::elect);
        }
    }

    void onLeaderDied(CoordinatorProcess process) {
        if (process == leader) {
            observer.onLeaderDied(jobs.keySet());
            leader = null;
            electSoon();
        }
    }

    /** The leader stands still; another one is elected if that lasts. */
    void pauseLeader(long durationMs) {
        CoordinatorProcess paused = leader;
        paused.pause(durationMs);
        agenda.after(
                LEASE_MS,
                () -> {
                    if (paused == leader && paused.isPaused()) {
                        elect();
                    }
                });
    }

    void submit(SimulatedJob job) {
        if (leader != null) {
            observer.onSubmit(job.graph().jobId());
            leader.deliver(new Event.JobSubmitted(job.graph()));
        }
    }

    // ---- the cluster

    /** Where the next worker is to start; null if there is no node but those to be avoided. */
    String nodeFor(List<String> avoided) {
        for (int i = 0; i < nodes; i++) {
            String node = "node-" + (workers.size() + i) % nodes;
            if (!avoided.contains(node)) {
                return node;
            }
        }
        return null;
    }

    String startWorker(String node) {
        String id = "w-" + (workers.size() + 1);
        SimulatedWorker worker = new SimulatedWorker(this, id, node, workerSlots);
        workers.put(id, worker);
        trace(id + " starts");
        worker.connect();
        return id;
    }

    void endWorker(String id, String reason) {
        workers.get(id).end(reason);
    }

    void onWorkerEnded(String id, String reason) {
        trace(id + " ends: " + reason);
        if (leader != null) {
            CoordinatorProcess now = leader;
            agenda.after(latencyMs(), () -> now.driver().onEnded(id, "exited: " + reason));
        }
    }

    List<SimulatedWorker> liveWorkers() {
        return workers.values().stream().filter(SimulatedWorker::isAlive).toList();
    }

    SimulatedWorker worker(String id) {
        return workers.get(id);
    }

    /** The tasks of a node's workers take much longer than elsewhere. */
    void slowNode(String node, long durationMs) {
        slowUntilMs.put(node, agenda.nowMs() + durationMs);
    }

    boolean isSlow(String node) {
        return agenda.nowMs() < slowUntilMs.getOrDefault(node, 0L);
    }

    /** Some attempts of jobs that try slow ones again are slow wherever they run. */
    boolean isSlow(AttemptId attempt) {
        return job(attempt.jobId()).maxAttempts() > 1
                && new Dice(seed, "slow " + attempt).percent(30);
    }

    /** Whether another attempt of the subtask runs or has finished. */
    boolean isOvertaken(AttemptId attempt) {
        return job(attempt.jobId()).maxAttempts() > 1
                && liveWorkers().stream()
                        .flatMap(worker -> worker.tasks().stream())
                        .filter(task -> task.state() == TaskState.FINISHED || task.isWorking())
                        .map(SimulatedTask::id)
                        .anyMatch(other -> isOtherAttempt(attempt, other));
    }

    static boolean isOtherAttempt(AttemptId one, AttemptId other) {
        return other.jobId().equals(one.jobId())
                && other.vertexId() == one.vertexId()
                && other.subtask() == one.subtask()
                && other.attempt() != one.attempt();
    }

    int latencyMs() {
        return agenda.nowMs() < networkSlowUntilMs ? dice.between(200, 7_000) : dice.between(1, 20);
    }

    int startMs() {
        return agenda.nowMs() < startSlowUntilMs
                ? dice.between(10_000, 60_000)
                : dice.between(200, 3_000);
    }

    boolean clusterRefuses() {
        return agenda.nowMs() < refusedUntilMs;
    }

    boolean commitsFail() {
        return agenda.nowMs() < commitFailsUntilMs && dice.percent(60);
    }

    boolean repliesAreLost() {
        return agenda.nowMs() < replyLostUntilMs && dice.percent(60);
    }

    boolean storageFails() {
        return agenda.nowMs() < storageFailsUntilMs && dice.percent(60);
    }

    boolean storageIsSlow() {
        return agenda.nowMs() < storageSlowUntilMs;
    }

    boolean pointerRepliesAreLost() {
        return agenda.nowMs() < pointerReplyLostUntilMs && dice.percent(50);
    }

    void failStorage(long durationMs) {
        storageFailsUntilMs = agenda.nowMs() + durationMs;
    }

    void slowStorage(long durationMs) {
        storageSlowUntilMs = agenda.nowMs() + durationMs;
    }

    void losePointerReplies(long durationMs) {
        pointerReplyLostUntilMs = agenda.nowMs() + durationMs;
    }

    boolean has(Fault.Kind kind) {
        return faults.stream().anyMatch(fault -> fault.kind() == kind);
    }

    /**
     * Whether files may be old because the storage was slow to delete, or its leader stood still.
     */
    boolean storageWasSlow() {
        return has(Fault.Kind.STORAGE_SLOW) || has(Fault.Kind.COORDINATOR_PAUSE);
    }

    private boolean leadersDie() {
        return has(Fault.Kind.COORDINATOR_CRASH)
                || has(Fault.Kind.CRASH_BETWEEN_EFFECTS)
                || has(Fault.Kind.COORDINATOR_PAUSE)
                || has(Fault.Kind.POINTER_REPLY_LOST)
                || has(Fault.Kind.FILE_DAMAGED);
    }

    /** Whether a job that ends in failure may leave output behind that was promised. */
    boolean outputMayBeGivenUp() {
        return has(Fault.Kind.COMMIT_FAILS)
                || has(Fault.Kind.COMMIT_REPLY_LOST)
                || has(Fault.Kind.STORAGE_FAILS)
                || has(Fault.Kind.FILE_DAMAGED);
    }

    void slowNetwork(long durationMs) {
        networkSlowUntilMs = agenda.nowMs() + durationMs;
    }

    void refuse(long durationMs) {
        refusedUntilMs = agenda.nowMs() + durationMs;
    }

    void slowStarts(long durationMs) {
        startSlowUntilMs = agenda.nowMs() + durationMs;
    }

    void failCommits(long durationMs) {
        commitFailsUntilMs = agenda.nowMs() + durationMs;
    }

    void loseReplies(long durationMs) {
        replyLostUntilMs = agenda.nowMs() + durationMs;
    }

    // ---- what the parts of the world share

    Agenda agenda() {
        return agenda;
    }

    Dice dice() {
        return dice;
    }

    SimulatedJournal journal() {
        return journal;
    }

    SimulatedStorage storage() {
        return storage;
    }

    SimulatedSavepoints savepoints() {
        return savepoints;
    }

    OperationOracle operationOracle() {
        return operationOracle;
    }

    CheckpointOracle checkpointOracle() {
        return checkpointOracle;
    }

    Bug bug() {
        return bug;
    }

    long epoch() {
        return epoch;
    }

    Outside outside() {
        return outside;
    }

    Invariants invariants() {
        return invariants;
    }

    Observer observer() {
        return observer;
    }

    List<SimulatedJob> jobs() {
        return List.copyOf(jobs.values());
    }

    SimulatedJob job(JobId id) {
        return jobs.get(id);
    }

    /** The process that leads, or null. */
    CoordinatorProcess leader() {
        return leader;
    }

    void saw(Sighting sighting) {
        sightings.add(sighting);
    }

    void trace(String line) {
        trace.add(agenda.nowMs(), line);
    }
}
