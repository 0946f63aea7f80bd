package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.ClusterView;
import io.millrace.coordinator.Effect;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.TimerId;
import io.millrace.coordinator.journal.JournalEntry;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.plan.JobId;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * The process that hosts a coordinator: carries out effects in their order, and may die between any
 * two of them.
 */
final class CoordinatorProcess {
    private final Simulation world;
    private final long epoch;
    private final Brain brain;
    private final SimulatedDriver driver;
    private final List<Link> accepted = new ArrayList<>();
    private final TreeMap<String, Link> links = new TreeMap<>();
    private final TreeMap<String, Long> timers = new TreeMap<>();
    private final TreeMap<String, SimulatedEnumerator> enumerators = new TreeMap<>();
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final Deque<Runnable> asleep = new ArrayDeque<>();
    private boolean positionFails;
    private boolean alive = true;
    private long savepointStepMs;
    private boolean paused;
    private boolean crashOnJournal;
    private int effectsUntilCrash = -1;
    private long timersSet;

    CoordinatorProcess(Simulation world, long epoch, Brain brain) {
        this.world = world;
        this.epoch = epoch;
        this.brain = brain;
        this.driver = new SimulatedDriver(world, this);
    }

    long epoch() {
        return epoch;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isPaused() {
        return paused;
    }

    ClusterView view() {
        return brain.view();
    }

    SimulatedDriver driver() {
        return driver;
    }

    void start() {
        List<JournalEntry> journal = world.journal().open(epoch);
        world.trace("leader " + epoch + " recovers " + journal.size() + " entries");
        perform(brain.recover(journal, world.agenda().nowMs()));
    }

    Link accept(SimulatedWorker worker) {
        Link link = new Link(world, worker, this);
        accepted.add(link);
        return link;
    }

    void onFrame(Link from, ToCoordinator message) {
        if (!alive) {
            return;
        }
        links.put(from.worker().id(), from);
        deliver(new Event.WorkerSpoke(from.worker().id(), message));
    }

    void deliver(Event event) {
        if (paused) {
            waiting.add(event);
        } else if (alive) {
            world.trace(epoch + " < " + Trace.describe(event));
            ClusterView before = brain.view();
            List<Effect> effects = brain.on(event, world.agenda().nowMs());
            ClusterView after = brain.view();
            world.observer().onEvent(before, event, after, effects);
            world.invariants().checkUserError(before, event, after);
            perform(effects);
            world.invariants().checkView(this);
        }
    }

    void pause(long durationMs) {
        paused = true;
        world.agenda().after(durationMs, this::resume);
    }

    void resume() {
        if (paused) {
            paused = false;
            while (!asleep.isEmpty() && !paused) {
                whenAwake(asleep.poll());
            }
            while (!waiting.isEmpty() && !paused) {
                deliver(waiting.poll());
            }
        }
    }

    void crashOnNextJournal() {
        crashOnJournal = true;
    }

    void crashAfterEffects(int count) {
        effectsUntilCrash = count;
    }

    void crash(String reason) {
        if (alive) {
            alive = false;
            waiting.clear();
            asleep.clear();
            world.trace("leader " + epoch + " dies: " + reason);
            accepted.forEach(link -> link.breakOff("the coordinator died"));
            world.onLeaderDied(this);
        }
    }

    private void perform(List<Effect> effects) {
        for (int i = 0; i < effects.size() && alive; i++) {
            Effect effect = effects.get(i);
            boolean doomed =
                    crashOnJournal
                            ? effect.kind() == Effect.Kind.JOURNAL
                            : effectsUntilCrash > 0 && --effectsUntilCrash == 0;
            if (doomed) {
                world.saw(Sighting.CRASH_BETWEEN_TWO_EFFECTS);
                if (effect instanceof Effect.Journal journal && world.dice().percent(50)) {
                    world.saw(Sighting.ENTRY_DURABLE_BUT_LEADER_DEAD);
                    carryOut(journal);
                }
                crash("between two effects");
                return;
            }
            world.trace(epoch + " > " + Trace.describe(effect));
            carryOut(effect);
        }
    }

    private void carryOut(Effect effect) {
        switch (effect.kind()) {
            case SEND -> {
                Effect.Send send = (Effect.Send) effect;
                Link link = links.get(send.workerId());
                if (send.message() instanceof ToWorker.TriggerCheckpoint trigger) {
                    world.checkpointOracle()
                            .onTrigger(this, trigger.jobId(), trigger.checkpointId());
                } else if (send.message() instanceof ToWorker.DeployTasks deployment) {
                    world.checkpointOracle().onDeploy(this, deployment);
                    world.invariants().checkNode(this, send.workerId(), deployment);
                    world.invariants().checkInputs(this, deployment);
                } else if (send.message() instanceof ToWorker.CancelTasks cancel) {
                    world.invariants().checkCancel(this, cancel);
                }
                if (link != null && link.isOpen()) {
                    transmit(link, send.message());
                }
            }
            case WANT_WORKERS -> driver.want(((Effect.WantWorkers) effect).count());
            case RELEASE_WORKER -> driver.release(((Effect.ReleaseWorker) effect).workerId());
            case KEEP_WORKERS -> driver.keep(((Effect.KeepWorkers) effect).workerIds());
            case AVOID_NODES -> driver.avoid(((Effect.AvoidNodes) effect).nodes());
            case SET_TIMER -> setTimer((Effect.SetTimer) effect);
            case CANCEL_TIMER -> timers.remove(((Effect.CancelTimer) effect).timer().toString());
            case JOURNAL -> append(((Effect.Journal) effect).entry());
            case START_ENUMERATOR -> {
                Effect.StartEnumerator start = (Effect.StartEnumerator) effect;
                enumerators.put(
                        key(start.graph().jobId().hex(), start.generation(), start.vertexId()),
                        new SimulatedEnumerator(
                                world.job(start.graph().jobId()).splits(),
                                start.position() == null ? null : start.position().state()));
            }
            case SPLIT_REQUEST -> answer((Effect.SplitRequest) effect);
            case STOP_ENUMERATORS -> {
                Effect.StopEnumerators stop = (Effect.StopEnumerators) effect;
                String prefix = stop.jobId().hex() + "/" + stop.generation() + "/";
                enumerators.keySet().removeIf(key -> key.startsWith(prefix));
            }
            case COMMIT -> commit((Effect.Commit) effect);
            case JOB_ENDED -> world.invariants().checkEnded(((Effect.JobEnded) effect).result());
            case SNAPSHOT_ENUMERATORS -> positions((Effect.SnapshotEnumerators) effect);
            case STORE_CHECKPOINT -> world.storage().store(this, (Effect.StoreCheckpoint) effect);
            case DELETE_CHECKPOINT_FILES ->
                    world.storage().delete(this, (Effect.DeleteCheckpointFiles) effect);
            case READ_CHECKPOINTS -> world.storage().read(this, (Effect.ReadCheckpoints) effect);
            case FORGET_CHECKPOINTS ->
                    world.storage().forget(this, (Effect.ForgetCheckpoints) effect);
            case RELEASE_CLAIMED -> world.storage().release(this, (Effect.ReleaseClaimed) effect);
            case PLACE_SAVEPOINT -> world.savepoints().place(this, (Effect.PlaceSavepoint) effect);
            case STORE_SAVEPOINT -> world.savepoints().store(this, (Effect.StoreSavepoint) effect);
            case FIND_SAVEPOINT -> world.savepoints().find(this, (Effect.FindSavepoint) effect);
            case DISCARD_SAVEPOINT ->
                    world.savepoints().discard(this, (Effect.DiscardSavepoint) effect);
            case OPERATION_ENDED ->
                    world.operationOracle().onView(((Effect.OperationEnded) effect).operation());
            case READER_REGISTERED, READER_GONE, READER_EVENT, TELL_ENUMERATORS, WARN -> {}
        }
    }

    /** When the next step on savepoints can be taken that would be taken then if it were alone. */
    long afterSavepointStep(long atMs) {
        savepointStepMs = Math.max(savepointStepMs + 1, atMs);
        return savepointStepMs;
    }

    /** Notifications of checkpoints may come late, twice, or, of complete ones, not at all. */
    private void transmit(Link link, ToWorker message) {
        if (!(message instanceof ToWorker.CheckpointEnded ended) || world.dice().percent(70)) {
            link.toWorker(message);
            return;
        }
        if (!ended.complete() || world.dice().percent(70)) {
            int delayMs = world.dice().between(1, 5_000);
            world.agenda().after(delayMs, () -> link.toWorker(message));
        }
        if (world.dice().percent(30)) {
            link.toWorker(message);
        }
    }

    private void append(JournalEntry entry) {
        try {
            world.journal().append(epoch, entry);
        } catch (SimulatedJournal.Fenced e) {
            world.saw(Sighting.OLD_LEADER_COULD_NOT_WRITE);
            crash("fenced by the journal");
        }
    }

    private void setTimer(Effect.SetTimer set) {
        TimerId timer = set.timer();
        long token = timersSet++;
        timers.put(timer.toString(), token);
        world.agenda()
                .after(
                        set.delayMs(),
                        () -> {
                            if (timers.remove(timer.toString(), token)) {
                                deliver(new Event.TimerFired(timer));
                            }
                        });
    }

    private static String key(String job, int generation, int vertexId) {
        return job + "/" + generation + "/" + vertexId;
    }

    private void answer(Effect.SplitRequest request) {
        SimulatedEnumerator enumerator =
                enumerators.get(
                        key(request.jobId().hex(), request.generation(), request.vertexId()));
        if (enumerator == null) {
            throw new InvariantBroken(
                    "a request finds its enumerator", Trace.describe((Effect) request));
        }
        int split = enumerator.next();
        byte[] bytes = ByteBuffer.allocate(4).putInt(split).array();
        Event.SplitsAssigned assigned =
                new Event.SplitsAssigned(
                        request.jobId(),
                        request.vertexId(),
                        request.operatorIndex(),
                        request.generation(),
                        request.subtask(),
                        1,
                        split < 0 ? List.of() : List.of(bytes),
                        split < 0);
        int delayMs = world.dice().between(1, world.dice().percent(15) ? 4_000 : 200);
        long atMs = enumerator.arrivalMs(world.agenda().nowMs(), delayMs);
        world.agenda().at(atMs, () -> deliver(assigned));
    }

    private void positions(Effect.SnapshotEnumerators snapshot) {
        for (Effect.SourceRef source : snapshot.sources()) {
            SimulatedEnumerator enumerator =
                    enumerators.get(
                            key(snapshot.jobId().hex(), source.generation(), source.vertexId()));
            if (enumerator == null) {
                throw new InvariantBroken("positions are asked of those that run", "" + source);
            }
            int delayMs = world.dice().between(1, world.dice().percent(10) ? 2_000 : 100);
            boolean fails = positionFails;
            positionFails = false;
            Event answer =
                    new Event.EnumeratorSnapshot(
                            snapshot.jobId(),
                            snapshot.checkpointId(),
                            source.vertexId(),
                            source.operatorIndex(),
                            source.generation(),
                            1,
                            fails ? null : enumerator.position(),
                            fails ? failure() : null);
            long atMs = enumerator.arrivalMs(world.agenda().nowMs(), delayMs);
            world.agenda().at(atMs, () -> deliver(answer));
        }
    }

    void failNextPosition() {
        positionFails = true;
    }

    /** Does it, unless dead: at once, or when the process goes on. */
    void whenAwake(Runnable action) {
        if (paused) {
            asleep.add(action);
        } else if (alive) {
            action.run();
        }
    }

    /** Commits one sink subtask after another; each step is durable on its own. */
    private void commit(Effect.Commit commit) {
        world.invariants().checkCommit(commit);
        commitFrom(commit, 0);
    }

    private void commitFrom(Effect.Commit commit, int index) {
        world.agenda()
                .after(
                        world.dice().between(1, 1_000),
                        () -> {
                            if (!alive) {
                                return;
                            }
                            List<OperatorCommittables> all = commit.committables();
                            if (index < all.size() && !world.commitsFail()) {
                                if (!world.outside()
                                        .commit(commit.graph().jobId(), all.get(index))) {
                                    world.saw(Sighting.COMMIT_SUCCEEDED_TWICE);
                                }
                                commitFrom(commit, index + 1);
                            } else {
                                boolean failed = index < all.size() || world.repliesAreLost();
                                deliver(
                                        new Event.CommitEnded(
                                                commit.graph().jobId(), failed ? failure() : null));
                            }
                        });
    }

    /** Some enumerator throws, as a source whose storage is away would. */
    void failEnumerator(int target) {
        if (!enumerators.isEmpty()) {
            String[] key =
                    List.copyOf(enumerators.keySet()).get(target % enumerators.size()).split("/");
            deliver(
                    new Event.EnumeratorFailed(
                            new JobId(key[0]),
                            Integer.parseInt(key[2]),
                            Integer.parseInt(key[1]),
                            new FailureReport(
                                    ErrorCode.STORAGE_FAILED, "listing failed", "", "source")));
        }
    }

    private static FailureReport failure() {
        return new FailureReport(ErrorCode.COMMIT_FAILED, "rename failed", "", "sink");
    }
}
