package io.millrace.runtime.task;

import io.millrace.api.fault.FaultPoint;
import io.millrace.runtime.chain.TaskCanceledException;
import io.millrace.runtime.chain.TurnGuard;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.operator.OperatorMail;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.TaskLinks;
import io.millrace.runtime.operator.TaskServices;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.time.ProcessingTimers;
import io.millrace.runtime.time.SteadyTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chain and one subtask: its life, turn by turn. Reading is {@link TaskIntake}'s, the end after
 * the last input {@link TaskEnd}'s. Confined to whoever runs its turn; other threads have its
 * {@link TaskHandle}.
 */
/* Phases: OPENING → RUNNING → ENDING (its stages are TaskEnd's) → ENDED. From each, a failure or a cancel leads
 * to ENDED.
 */
final class Task implements Turnable {
    private static final Logger LOG = LoggerFactory.getLogger(Task.class);
    // The wall clock may be set: look again after a while, however far the next timer is.
    private static final long LONGEST_WAIT_MS = 60_000;

    private enum Phase {
        OPENING,
        RUNNING,
        ENDING,
        ENDED
    }

    private final AttemptId attempt;
    private final String where;
    private final ChainFactory chainFactory;
    private final ClassLoader userLoader;
    private final TaskServices services;
    private final TaskClock clock;
    private final CheckpointSettings settings;
    private final RestoredState restored;
    private final int parallelism;
    private final TaskMailbox mailbox;
    private final TaskReports reports;
    private final TaskHandle handle;
    private final OpenCuts cuts;
    private final SteadyTime steady;
    private final TaskRoom room;
    private final OperatorMail mail;
    private final TurnGuard guard;
    private final SourceMail sourceMail = new SourceMail(this::owesCut);
    private final ProcessingTimers timers = new ProcessingTimers();
    private final TurnWatch watch = new TurnWatch();

    private Phase phase = Phase.OPENING;
    // Null before it is open; the chain also after its end.
    private Chain chain;
    private TaskCheckpoints checkpoints;
    private TaskIntake intake;
    private TaskEnd end;
    // Restored when the operators held nothing any more: only the end is passed on.
    private boolean through;
    // Whether it has heard that the checkpoint is complete that its job ends with.
    private boolean stopped;
    // Whether the turn found nothing more at its end: what comes next wakes the task.
    private boolean rests;

    /**
     * @param where names the task in messages
     * @param desk takes what the task hands over at barriers
     */
    Task(
            AttemptId attempt,
            String where,
            ChainFactory chainFactory,
            ClassLoader userLoader,
            TaskServices services,
            Consumer<ToCoordinator> listener,
            TaskClock clock,
            CheckpointSettings settings,
            RestoredState restored,
            int parallelism,
            SnapshotDesk desk) {
        this.attempt = attempt;
        this.where = where;
        this.chainFactory = chainFactory;
        this.userLoader = userLoader;
        this.services = services;
        this.clock = clock;
        this.settings = settings;
        this.restored = restored;
        this.parallelism = parallelism;
        this.mailbox = new TaskMailbox(clock);
        this.reports = new TaskReports(attempt, services.accumulators(), listener, clock);
        this.handle =
                new TaskHandle(attempt, where, this, mailbox, reports, services.metrics(), watch);
        this.cuts = new OpenCuts(desk, mailbox::wakeUp);
        this.steady = new SteadyTime(clock::nanos);
        this.room = new TaskRoom(clock, mailbox.pause(), steady, reports.counters());
        this.mail = new OperatorMail(mailbox::post, room::awaitInTurn);
        this.guard = new TurnGuard(mailbox::wakeUp);
        services.metrics().measure(reports::progress);
    }

    /** What other threads have of it. */
    TaskHandle handle() {
        return handle;
    }

    // ---- what the handle has posted

    void onSplits(int version, List<byte[]> splits, boolean noMoreSplits) {
        sourceMail.enumerator(() -> chain.source().feed().addSplits(version, splits, noMoreSplits));
    }

    void onSourceEvent(byte[] event) {
        sourceMail.enumerator(() -> chain.source().feed().onEvent(event));
    }

    void onSourceLimit(long limitMs) {
        chain.source().feed().onLimit(limitMs);
    }

    void onTrigger(Barrier trigger) {
        sourceMail.trigger(
                () -> {
                    checkpoints.onTrigger(trigger);
                    if (checkpoints.endsInput() && phase == Phase.RUNNING) {
                        intake.endSource();
                    }
                });
    }

    void onCheckpointEnded(long checkpointId, boolean complete) {
        checkpoints.onEnded(checkpointId, complete);
    }

    void onStopAfter(long checkpointId) {
        checkpoints.onEnded(checkpointId, true);
        stopped = true;
        if (!checkpoints.isDraining()) { // else it ends by itself
            mailbox.endSoon();
        }
    }

    // ---- turns

    @Override
    public boolean isDone() {
        return phase == Phase.ENDED;
    }

    @Override
    public int turn() {
        if (phase == Phase.ENDED) {
            return 0;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(userLoader);
        guard.begin();
        long beganNanos = clock.nanos();
        watch.begin(beganNanos);
        long recordsBefore = chain == null ? 0 : chain.recordsIn();
        int worked = 0;
        rests = false;
        try {
            if (mailbox.isCancelRequested()) {
                throw new TaskCanceledException();
            }
            guard.throwIntrusion();
            worked = step(beganNanos);
        } catch (OutOfMemoryError e) {
            // Nothing in this process can be relied on any more: the thread's handler ends it.
            throw e;
        } catch (Throwable e) {
            if (phase == Phase.ENDED) {
                LOG.warn("channels did not close attempt={}", attempt, e);
            } else {
                stop(e);
            }
            worked = 1;
        } finally {
            watch.end();
            if (worked > 0) {
                endBusy(clock.nanos() - beganNanos, recordsBefore);
            }
            publish();
            guard.end();
            thread.setContextClassLoader(before);
        }
        return rests ? 0 : worked;
    }

    private void endBusy(long nanos, long recordsBefore) {
        reports.worked(nanos);
        if (chain != null && intake != null) {
            intake.onTurn(chain.recordsIn() - recordsBefore, nanos);
        }
    }

    @Override
    public void settle() {
        room.settle();
    }

    private int step(long beganNanos) throws Exception {
        return switch (phase) {
            case OPENING -> open();
            case RUNNING -> read(beganNanos);
            case ENDING -> {
                int calls = end.hears() ? readMailAndTimers() : 0;
                if (end.mayCut()) {
                    calls += takePart();
                }
                yield calls + end();
            }
            case ENDED -> 0;
        };
    }

    private int read(long beganNanos) {
        int worked = readMailAndTimers() + takePart() + tick();
        if (intake.isOver()) {
            worked++;
        } else {
            worked += intake.read(beganNanos, watch.piece());
            rests = intake.rests();
        }
        if (intake.isOver()) {
            phase = Phase.ENDING;
        }
        return worked;
    }

    /** Makes the cuts that are due; a task that was through before has nothing to cut. */
    private int takePart() {
        return through ? 0 : checkpoints.turn() + sourceMail.settle();
    }

    private boolean owesCut() {
        return !through && checkpoints.isAwaited();
    }

    /** Returns how much there was. */
    private int readMailAndTimers() {
        int read = mailbox.run();
        return timers.nextMs() == Long.MAX_VALUE || checkpoints.isSuspended()
                ? read
                : read + timers.runDue(clock.wallMs() - 1);
    }

    /** What happens at intervals waits while there is no room for what it may emit. */
    private int tick() {
        return room.takesInput() ? steady.runDue() : 0;
    }

    // ---- beginning and end

    private int open() throws Exception {
        chain =
                chainFactory.build(
                        new TaskLinks(
                                mailbox::wakeUp,
                                room::awaitSpace,
                                mailbox::post,
                                timers,
                                steady,
                                mail,
                                guard));
        checkpoints =
                new TaskCheckpoints(attempt, where, parallelism, chain, settings, cuts, clock);
        room.open(chain, checkpoints);
        through =
                restored.finished()
                        || AfterInput.isIn(restored.restore(), attempt.subtask(), parallelism);
        intake =
                new TaskIntake(
                        where, chain, through, room, checkpoints, this::takePart, mailbox, clock);
        end =
                new TaskEnd(
                        chain,
                        settings,
                        checkpoints,
                        cuts,
                        through,
                        services.accumulators()::publishFinal);
        if (restored.finished()) {
            end.nothingIsOpen();
        } else {
            openOperators();
        }
        if (restored.restore() != null) {
            FaultPoint.RESTORE_DONE.hit();
        }
        enter(Phase.RUNNING, TaskState.RUNNING);
        reports.tell();
        if (chain.source() == null) {
            return 1;
        }
        if (through) {
            phase = Phase.ENDING;
        } else {
            chain.source().feed().start();
        }
        return 1;
    }

    private void openOperators() {
        for (int i = chain.operators().size() - 1; i >= 0; i--) {
            try {
                chain.operators().get(i).open();
            } catch (Throwable e) {
                throw UserCodeException.of(chain.names().get(i), e);
            }
        }
    }

    private int end() {
        int worked = end.turn(room.drained());
        if (end.isOver()) {
            List<StoredResult> results = chain.results().finish();
            publish();
            enter(Phase.ENDED, TaskState.FINISHED);
            reports.tellFinished(end.prepared(), results);
            closeChain();
        }
        return worked;
    }

    /** The end by failure or cancel. The report goes out before peers can notice. */
    private void stop(Throwable cause) {
        try {
            if (end != null) {
                end.release();
            }
        } catch (Throwable e) {
            if (e != cause) {
                cause.addSuppressed(e);
            }
        }
        if (mailbox.isCancelRequested()) {
            enter(Phase.ENDED, stopped ? TaskState.FINISHED : TaskState.CANCELED);
            closeChain();
            reports.tell();
            return;
        }
        FailureReport report = FailureReports.of(cause, where);
        enter(Phase.ENDED, TaskState.FAILED);
        reports.tellFailed(report, ResultLostException.in(cause));
        closeChain();
    }

    private void closeChain() {
        services.metrics().close();
        mailbox.clear();
        mail.close();
        if (chain != null) {
            publish();
            chain.settle();
            chain.closeChannels();
            chain = null;
            room.close();
        }
    }

    private void enter(Phase next, TaskState visible) {
        phase = next;
        reports.become(visible);
    }

    private void publish() {
        if (phase == Phase.RUNNING) {
            reports.publishAccumulators();
        }
        if (chain != null) {
            reports.publish(chain);
        }
    }

    @Override
    public long nextTurnNanos() {
        if (phase != Phase.RUNNING && !(phase == Phase.ENDING && end.hears())) {
            return Long.MAX_VALUE;
        }
        if (checkpoints.isSuspended()) {
            return checkpoints.nextNanos();
        }
        long nowMs = clock.wallMs();
        long nextMs = timers.nextMs();
        long nextNanos = checkpoints.nextNanos();
        if (phase == Phase.RUNNING && room.tookInput()) {
            nextNanos = Math.min(nextNanos, steady.nextNanos());
        }
        if (nextMs == Long.MAX_VALUE) {
            return nextNanos;
        }
        long waitMs = nextMs < nowMs ? 0 : Math.min(nextMs - nowMs + 1, LONGEST_WAIT_MS);
        return Math.min(nextNanos, clock.nanos() + TimeUnit.MILLISECONDS.toNanos(waitMs));
    }
}
