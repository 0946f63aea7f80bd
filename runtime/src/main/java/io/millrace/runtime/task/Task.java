package io.millrace.runtime.task;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.source.InputStatus;
import io.millrace.runtime.chain.TaskCanceledException;
import io.millrace.runtime.chain.TurnGuard;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.message.TaskProgress;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.operator.OperatorMail;
import io.millrace.runtime.operator.PieceEnd;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.SourceHead;
import io.millrace.runtime.operator.TaskLinks;
import io.millrace.runtime.operator.TaskServices;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.time.ProcessingTimers;
import io.millrace.runtime.time.SteadyTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chain and one subtask: reads its gate or its source, pushes through the chain, writes its
 * edges. Confined to whoever runs its turn; what other threads may call says so.
 */
/* Phases: OPENING → RUNNING → ENDING (its stages are TaskEnd's) → ENDED. From each, a failure or a cancel leads
 * to ENDED. Between any two chunks it looks whether the outputs have taken everything; if not, the turn ends.
 */
final class Task implements Turnable {
    private static final Logger LOG = LoggerFactory.getLogger(Task.class);
    private static final int MAX_ITEMS_PER_TURN = 64;
    private static final long TURN_TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long WAIT_FOR_SPACE_NANOS = 100_000;
    // Of an operator that yields: timers may come, mail wakes it.
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
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
    private final Consumer<ToCoordinator> listener;
    private final TaskClock clock;
    private final CheckpointSettings settings;
    private final RestoredState restored;
    private final int parallelism;
    private final OpenCuts cuts;
    private final TaskCounters counters;
    private final TurnWait wait;
    private final ConcurrentLinkedQueue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final SourceMail sourceMail = new SourceMail(this::owesCut);
    private volatile Runnable wake = () -> {};
    // Written by cancel, read between chunks and by a turn that waits.
    private volatile boolean cancelRequested;
    // Written by the task, read by any: whether it has ended.
    private volatile TaskState state = TaskState.DEPLOYING;

    // Set by turns, cleared by a heartbeat, which then sets the other one for the next turn.
    private volatile boolean hasWorked;
    private volatile boolean timeWanted;

    // Written by the task, read by the monitor: when its turn began; 0 between turns.
    private volatile long inTurnSinceNanos;

    private final TimeReport timeReport = new TimeReport();
    private final TurnGuard guard = new TurnGuard(this::wakeUp);
    private Phase phase = Phase.OPENING;
    private Chain chain;
    private final ProcessingTimers timers = new ProcessingTimers();
    private final SteadyTime steady;
    private boolean takesInput = true;
    private final OperatorMail mail = new OperatorMail(this::post, this::awaitInTurn);
    private final RecordPace pace = new RecordPace();
    private final PieceEnd piece = new PieceEnd();
    private int endedInputs;
    private TaskCheckpoints checkpoints;
    private TaskEnd end;
    // Restored when the operators held nothing any more: only the end is passed on.
    private boolean through;
    // Whether it has heard that the checkpoint is complete that its job ends with.
    private boolean stopped;
    private long stalledSinceNanos;
    private CompletableFuture<Void> awaited;
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
        this.listener = listener;
        this.clock = clock;
        this.wait = new TurnWait(clock, () -> cancelRequested);
        this.steady = new SteadyTime(clock::nanos);
        this.settings = settings;
        this.restored = restored;
        this.parallelism = parallelism;
        this.cuts = new OpenCuts(desk, this::wakeUp);
        this.counters = new TaskCounters(attempt, services.accumulators());
        services.metrics().measure(counters::progress);
    }

    /** Says how to ask for a turn; before the first one. */
    void onWake(Runnable request) {
        wake = request;
    }

    /** Names the task in messages. */
    String where() {
        return where;
    }

    AttemptId attempt() {
        return attempt;
    }

    /** Any thread. */
    TaskState state() {
        return state;
    }

    /** Any thread. */
    TaskProgress progress() {
        return counters.progress();
    }

    /** The counters for a heartbeat; asks for accumulators and event time. Any thread. */
    TaskProgress beat() {
        if (!state.isTerminal()) {
            boolean asks = services.accumulators().askForLive();
            if (hasWorked) {
                hasWorked = false;
                timeWanted = true;
                asks = true;
            }
            if (asks) {
                wakeUp();
            }
        }
        return counters.progress();
    }

    /** Ends the task soon, as canceled. Any thread. */
    void cancel() {
        cancelRequested = true;
        wakeUp();
    }

    /** Runs {@code action} between two chunks, unless the task has ended by then. Any thread. */
    void post(Runnable action) {
        mailbox.add(action);
        wakeUp();
    }

    /** Splits for the source of this task. Any thread. */
    void assignSplits(int version, List<byte[]> splits, boolean noMoreSplits) {
        post(
                () ->
                        sourceMail.enumerator(
                                () ->
                                        chain.source()
                                                .feed()
                                                .addSplits(version, splits, noMoreSplits)));
    }

    /** Takes part in a checkpoint, now or when the barriers have come. Any thread. */
    void triggerCheckpoint(Barrier trigger) {
        post(() -> sourceMail.trigger(() -> onTrigger(trigger)));
    }

    private void onTrigger(Barrier trigger) {
        checkpoints.onTrigger(trigger);
        if (checkpoints.endsInput()) {
            endSource();
        }
    }

    /** The source reads no more, as if it had come to the end of all splits. */
    private void endSource() {
        if (phase == Phase.RUNNING) {
            chain.operators().get(0).watermark(Long.MAX_VALUE);
            phase = Phase.ENDING;
        }
    }

    /** What this task wrote for a checkpoint is durable. Any thread. */
    void onWritten(TaskSnapshot.Timing timing) {
        services.metrics().onCheckpoint(timing);
    }

    /** Tells the operators that a checkpoint is complete, or will never be. Any thread. */
    void checkpointEnded(long checkpointId, boolean complete) {
        post(() -> checkpoints.onEnded(checkpointId, complete));
    }

    /**
     * Tells the operators that the checkpoint is complete that ends the job, and ends the task as
     * finished. Any thread.
     */
    void stopAfter(long checkpointId) {
        post(
                () -> {
                    checkpoints.onEnded(checkpointId, true);
                    stopped = true;
                    cancelRequested = !checkpoints.isDraining(); // else it ends by itself
                });
    }

    /** How far the others of its group let the source of this task come. Any thread. */
    void sourceLimit(long limitMs) {
        post(() -> chain.source().feed().onLimit(limitMs));
    }

    /** An enumerator's event for the source of this task. Any thread. */
    void sourceEvent(byte[] event) {
        post(() -> sourceMail.enumerator(() -> chain.source().feed().onEvent(event)));
    }

    /**
     * Ends the piece that a long turn is at. Called by the monitor, again and again.
     *
     * @param nowNanos of the clock of turns
     */
    void onCheck(long nowNanos) {
        long since = inTurnSinceNanos;
        if (since != 0 && nowNanos - since > RecordPace.PIECE_NANOS) {
            piece.end();
        }
    }

    private void wakeUp() {
        wake.run();
        wait.wakeUp();
    }

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
        piece.begin();
        inTurnSinceNanos = beganNanos;
        long recordsBefore = chain == null ? 0 : chain.recordsIn();
        int worked = 0;
        rests = false;
        try {
            if (cancelRequested) {
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
            inTurnSinceNanos = 0;
            if (worked > 0) {
                hasWorked = true;
                endBusy(clock.nanos() - beganNanos, recordsBefore);
            }
            publish();
            guard.end();
            thread.setContextClassLoader(before);
        }
        return rests ? 0 : worked;
    }

    private void endBusy(long nanos, long recordsBefore) {
        counters.busy(nanos);
        if (chain != null) {
            pace.onTurn(chain.recordsIn() - recordsBefore, nanos);
        }
    }

    @Override
    public void settle() {
        if (chain != null) {
            chain.settle();
        }
    }

    private int step(long beganNanos) throws Exception {
        return switch (phase) {
            case OPENING -> open();
            case RUNNING -> {
                int calls = readMailAndTimers() + takePart() + tick();
                if (phase != Phase.RUNNING) {
                    yield calls + 1;
                }
                yield calls
                        + (chain.source() != null
                                ? readSource(beganNanos)
                                : readInputs(beganNanos));
            }
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

    /** Makes the cuts that are due; a task that was through before has nothing to cut. */
    private int takePart() {
        return through ? 0 : checkpoints.turn() + sourceMail.settle();
    }

    private boolean owesCut() {
        return !through && checkpoints.isAwaited();
    }

    private int open() throws Exception {
        chain =
                chainFactory.build(
                        new TaskLinks(
                                this::wakeUp,
                                this::awaitSpace,
                                this::post,
                                timers,
                                steady,
                                mail,
                                guard));
        checkpoints =
                new TaskCheckpoints(attempt, where, parallelism, chain, settings, cuts, clock);
        through =
                restored.finished()
                        || AfterInput.isIn(restored.restore(), attempt.subtask(), parallelism);
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
        tell(TaskState.RUNNING);
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

    /** Returns how much there was. */
    private int readMailAndTimers() {
        int read = 0;
        Runnable action;
        while ((action = mailbox.poll()) != null) {
            action.run();
            read++;
        }
        return timers.nextMs() == Long.MAX_VALUE || checkpoints.isSuspended()
                ? read
                : read + timers.runDue(clock.wallMs() - 1);
    }

    private int readInputs(long beganNanos) {
        List<TaskInput> inputs = chain.inputs();
        int items = 0;
        int before;
        do {
            before = items;
            for (int i = 0; i < inputs.size(); i++) {
                if (!takesInput()) {
                    return items;
                }
                TaskInput input = inputs.get(i);
                if (!input.entrance().takesInput() && !isHeld(input)) {
                    continue;
                }
                Item item = input.gate().poll(pace.limit());
                if (item instanceof RecordChunk chunk) {
                    items++;
                    requireNotThrough(input);
                    int taken = input.entrance().accept(chunk, piece);
                    if (taken < chunk.size) {
                        input.gate().giveBack(chunk.part(taken, chunk.size));
                    }
                }
                if (checkpoints.isDue()) {
                    // Before the event: it is behind the barriers, as nothing is lost with it.
                    items += takePart();
                }
                if (item instanceof ControlEvent event) {
                    items++;
                    if (onEvent(event, input)) {
                        return items;
                    }
                }
            }
            if (items == before) {
                chain.flush();
                rests = true;
                return items;
            }
        } while (items < MAX_ITEMS_PER_TURN && goesOn(beganNanos));
        return items;
    }

    /** Whether what nobody wants now is read for the barrier behind it. */
    private boolean isHeld(TaskInput input) {
        return switch (input.entrance().holding()) {
            case NEVER -> false;
            case ROOM -> checkpoints.isAwaited();
            case FULL -> {
                checkpoints.giveUpIfAwaiting(input);
                yield false;
            }
        };
    }

    private void requireNotThrough(TaskInput input) {
        if (through) {
            throw new IllegalStateException(
                    where
                            + " was restored as finished, and its input "
                            + chain.inputs().indexOf(input)
                            + " gives records");
        }
    }

    /** Returns true if that was the last one of all inputs. */
    private boolean onEvent(ControlEvent event, TaskInput input) {
        if (through && event.kind() != ControlEvent.Kind.END_OF_INPUT) {
            return false;
        }
        return switch (event.kind()) {
            case WATERMARK -> {
                input.entrance().watermark(((ControlEvent.Watermark) event).timestampMs());
                yield false;
            }
            case IDLE -> {
                input.entrance().idle();
                yield false;
            }
            case ACTIVE -> {
                input.entrance().active();
                yield false;
            }
            case BARRIER -> throw new IllegalStateException("barriers end in the gate");
            case END_OF_INPUT -> {
                if (!through) {
                    input.entrance().endOfInput();
                }
                endedInputs++;
                if (endedInputs == chain.inputs().size()) {
                    phase = Phase.ENDING;
                }
                yield phase == Phase.ENDING;
            }
        };
    }

    private int readSource(long beganNanos) {
        SourceHead source = chain.source();
        int steps = 0;
        do {
            if (!takesInput()) {
                return steps;
            }
            InputStatus status = source.feed().read(pace.limit(), piece);
            switch (status) {
                case MORE_AVAILABLE -> steps++;
                case NOTHING_AVAILABLE -> {
                    chain.flush();
                    rests = !hasMore(source);
                    return steps + (rests ? 0 : 1);
                }
                case END_OF_INPUT -> {
                    endSource();
                    return steps + 1;
                }
            }
        } while (goesOn(beganNanos));
        return steps;
    }

    /** Whether the source has something already; if not, it wakes the task when it has. */
    private boolean hasMore(SourceHead source) {
        CompletableFuture<Void> available = source.feed().available();
        if (available.isDone()) {
            return true;
        }
        if (available != awaited) {
            awaited = available;
            available.whenComplete((nothing, error) -> wakeUp());
        }
        return false;
    }

    private boolean goesOn(long beganNanos) {
        return mailbox.isEmpty()
                && !cancelRequested
                && clock.nanos() - beganNanos < TURN_TARGET_NANOS;
    }

    private int end() {
        int worked = end.turn(drained());
        if (end.isOver()) {
            List<StoredResult> results = chain.results().finish();
            publish();
            enter(Phase.ENDED, TaskState.FINISHED);
            tell(TaskState.FINISHED, null, end.prepared(), results, null);
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
        if (cancelRequested) {
            TaskState ended = stopped ? TaskState.FINISHED : TaskState.CANCELED;
            enter(Phase.ENDED, ended);
            closeChain();
            tell(ended);
            return;
        }
        FailureReport report = FailureReports.of(cause, where);
        enter(Phase.ENDED, TaskState.FAILED);
        tell(TaskState.FAILED, report, List.of(), List.of(), ResultLostException.in(cause));
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
        }
    }

    private void enter(Phase next, TaskState visible) {
        phase = next;
        state = visible;
        counters.publish(visible);
    }

    private void tell(TaskState now) {
        tell(now, null, List.of(), List.of(), null);
    }

    private void tell(
            TaskState now,
            FailureReport failure,
            List<OperatorCommittables> committables,
            List<StoredResult> results,
            ResultId lost) {
        listener.accept(
                new ToCoordinator.TaskChanged(
                        attempt, now, failure, committables, counters.progress(), results, lost));
    }

    /** Whether there is room for more input, in the outputs and in the operators. */
    private boolean takesInput() {
        boolean takes = drained();
        if (takes && (checkpoints.isSuspended() || !chain.takesInput())) {
            chain.flush();
            takes = false;
        }
        if (takes != takesInput) {
            takesInput = takes;
            if (takes) {
                steady.activity().resume();
            } else {
                steady.activity().pause();
            }
        }
        return takes;
    }

    /** What happens at intervals waits while there is no room for what it may emit. */
    private int tick() {
        return takesInput() ? steady.runDue() : 0;
    }

    /** Whether the outputs have taken everything; counts the time in which they had not. */
    private boolean drained() {
        if (chain.drain()) {
            if (stalledSinceNanos != 0) {
                counters.stalled(clock.nanos() - stalledSinceNanos);
                stalledSinceNanos = 0;
            }
            return true;
        }
        if (stalledSinceNanos == 0) {
            stalledSinceNanos = clock.nanos();
        }
        return false;
    }

    /** Waits inside a turn: one record has become more chunks than may be pending. */
    private void awaitSpace(EdgeOutput output) {
        steady.activity().pause();
        try {
            wait.until(output::drain, this::settle, WAIT_FOR_SPACE_NANOS);
        } finally {
            steady.activity().resume();
        }
    }

    /** Waits inside a turn: an operator yields. What it has emitted goes out meanwhile. */
    private void awaitInTurn(BooleanSupplier condition) {
        wait.until(condition, this::sendMeanwhile, LONGEST_PAUSE_NANOS);
    }

    private void sendMeanwhile() {
        if (chain != null && chain.drain()) {
            chain.flush();
        }
        settle();
    }

    private void publish() {
        if (phase == Phase.RUNNING) {
            services.accumulators().publishIfWanted();
        }
        if (chain != null) {
            if (timeWanted) {
                timeWanted = false;
                counters.time(timeReport.of(chain, clock.wallMs()));
            }
            counters.publish(
                    state,
                    chain.recordsIn(),
                    chain.recordsOut(),
                    chain.bytesIn(),
                    chain.bytesOut());
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
        if (phase == Phase.RUNNING && takesInput) {
            nextNanos = Math.min(nextNanos, steady.nextNanos());
        }
        if (nextMs == Long.MAX_VALUE) {
            return nextNanos;
        }
        long waitMs = nextMs < nowMs ? 0 : Math.min(nextMs - nowMs + 1, LONGEST_WAIT_MS);
        return Math.min(nextNanos, clock.nanos() + TimeUnit.MILLISECONDS.toNanos(waitMs));
    }
}
