package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.CheckpointSettings;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.SnapshotPurpose;
import io.millrace.runtime.chunk.ControlEvent.Barrier;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.BarrierAligner;
import io.millrace.runtime.exchange.EdgeOutput;
import io.millrace.runtime.exchange.InputGate;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.plan.AttemptId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's part in checkpoints: hears of triggers and aborts, reads ahead where a barrier takes too
 * long, and makes the cut when it is due. Confined to the task.
 */
final class TaskCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCheckpoints.class);
    private static final long NONE = Long.MIN_VALUE;

    /** What may be read ahead of one channel: more than its producer can have on the way. */
    private static final int AHEAD_ITEMS = 256;

    private static final long AHEAD_BYTES = 2L << 20;

    /** Of all channels together; each has at least one item. */
    private static final long AHEAD_BYTES_OF_ALL = 16L << 20;

    private final AttemptId attempt;
    private final String where;
    private final int parallelism;
    private final Chain chain;
    private final boolean overtakes;
    private final long overtakeAfterNanos;
    private final SnapshotDesk desk;
    private final TaskClock clock;
    private final BarrierAligner aligner;
    private final long aheadBytes;
    // The checkpoint that is waited for, and since when.
    private long waitedForId = Long.MIN_VALUE;
    private long waitedSinceNanos;
    // Whether the input is over and no operator holds anything: nothing is sent any more.
    private boolean afterInput;
    // The first checkpoint that was taken since then.
    private long firstAfterInput = Long.MAX_VALUE;
    private boolean safeAfterInput;
    // Whether the source's reader was asked to stand still.
    private boolean pausing;
    // The savepoint behind whose cut the task stands still; NONE if it does not.
    private long suspendedBy = NONE;
    // Whether the job ends with a savepoint that waits for the end of all input.
    private boolean draining;

    TaskCheckpoints(
            AttemptId attempt,
            String where,
            int parallelism,
            Chain chain,
            CheckpointSettings settings,
            SnapshotDesk desk,
            TaskClock clock) {
        this.attempt = attempt;
        this.where = where;
        this.parallelism = parallelism;
        this.chain = chain;
        this.overtakes = settings.alignment().mayOvertake();
        this.overtakeAfterNanos =
                TimeUnit.MILLISECONDS.toNanos(settings.alignment().overtakeAfterMs());
        this.desk = desk;
        this.clock = clock;
        this.aligner = chain.aligner();
        int channels = 0;
        for (TaskInput input : chain.inputs()) {
            channels += input.gate().channels();
        }
        this.aheadBytes = Math.min(AHEAD_BYTES, AHEAD_BYTES_OF_ALL / Math.max(1, channels));
    }

    /** The worker was told to take a checkpoint of this task. */
    void onTrigger(Barrier trigger) {
        draining |= trigger.purpose() == SnapshotPurpose.DRAIN;
        aligner.onTrigger(trigger);
    }

    /** Whether a source is to read no more, because the job ends with a savepoint. */
    boolean endsInput() {
        return draining && chain.source() != null;
    }

    /** Whether the operators must live until the savepoint is complete that ends the job. */
    boolean isDraining() {
        return draining;
    }

    /** Whether the task stands still behind a savepoint: nothing is read and no timer fires. */
    boolean isSuspended() {
        return suspendedBy != NONE;
    }

    /** A checkpoint is complete and durable, or will never be. */
    void onEnded(long checkpointId, boolean complete) {
        if (!complete) {
            aligner.onAbort(checkpointId);
            if (checkpointId == suspendedBy) {
                suspendedBy = NONE;
            }
        } else if (checkpointId >= firstAfterInput) {
            safeAfterInput = true;
        }
        for (int i = 0; i < chain.operators().size(); i++) {
            try {
                chain.operators().get(i).checkpointEnded(checkpointId, complete);
            } catch (Throwable e) {
                throw UserCodeException.of(chain.names().get(i), e);
            }
        }
    }

    /** The operators hold nothing any more and the end of input is out. */
    void onAfterInput() {
        FaultPoint.SNAPSHOT_AFTER_INPUT.hit();
        afterInput = true;
    }

    /** Whether a checkpoint that was taken since then is complete. */
    boolean isSafeAfterInput() {
        return safeAfterInput;
    }

    /** Whether a checkpoint has begun, and barriers are still to come. */
    boolean isAwaited() {
        return aligner.isWaiting();
    }

    /** An input is not read, and what lies in front of its barrier can wait nowhere. */
    void giveUpIfAwaiting(TaskInput input) {
        if (!aligner.isWaiting() || !input.gate().awaitsBarrier()) {
            return;
        }
        long checkpointId = aligner.oldest().checkpointId();
        int number = chain.inputs().indexOf(input) + 1;
        desk.onDeclined(
                attempt,
                checkpointId,
                FailureReports.of(
                        new MillraceException(
                                ErrorCode.CHECKPOINT_DECLINED,
                                "the operator '"
                                        + chain.names().get(0)
                                        + "' does not want to read its input "
                                        + number
                                        + ", and more records lie in front of the barrier there"
                                        + " than can wait in its task. The next checkpoint that"
                                        + " finds room is taken."),
                        where));
        aligner.onAbort(checkpointId);
    }

    /** Whether the task must make a cut before it does anything else. */
    boolean isDue() {
        if (!aligner.isWaiting()) {
            return false;
        }
        noteWait(aligner.oldest());
        return mayCut();
    }

    private void noteWait(Barrier oldest) {
        if (oldest.checkpointId() != waitedForId) {
            waitedForId = oldest.checkpointId();
            waitedSinceNanos = clock.nanos();
        }
    }

    /** Between two chunks: reads ahead and makes the cuts that are due. Returns how much it did. */
    int turn() {
        Barrier oldest = aligner.oldest();
        if (oldest == null) {
            letGoOn();
            return 0;
        }
        noteWait(oldest);
        if (mayOvertake(oldest) && clock.nanos() - waitedSinceNanos >= overtakeAfterNanos) {
            aligner.overtake(oldest.checkpointId());
        }
        int worked = 0;
        if (aligner.isOvertaking()) {
            for (TaskInput input : chain.inputs()) {
                worked += input.gate().readAhead(AHEAD_ITEMS, aheadBytes);
            }
        }
        while (mayCut() && standsStill()) {
            cut();
            worked++;
        }
        letGoOn();
        if (aligner.isHalfShown()) {
            FaultPoint.SNAPSHOT_HALF_ALIGNED.hit();
        }
        return worked;
    }

    /** Savepoints are of records that were processed, and of none on their way. */
    private boolean mayOvertake(Barrier barrier) {
        return overtakes && !barrier.purpose().isSavepoint();
    }

    /** Whether the task is at a cut; at one after the end of all input only when that is over. */
    private boolean mayCut() {
        Barrier due = aligner.due();
        return due != null && (due.purpose() != SnapshotPurpose.DRAIN || afterInput);
    }

    /** Whether the source's reader stands still; else the task reads on and comes again. */
    private boolean standsStill() {
        if (chain.source() == null || afterInput) {
            return true;
        }
        pausing = true;
        return chain.source().feed().pause();
    }

    private void letGoOn() {
        if (pausing && aligner.due() == null) {
            pausing = false;
            chain.source().feed().resume();
        }
    }

    /** When the next turn makes sense if nothing else happens, by the clock; or never. */
    long nextNanos() {
        Barrier oldest = aligner.oldest();
        if (oldest == null || !mayOvertake(oldest) || aligner.isOvertaking()) {
            return Long.MAX_VALUE;
        }
        return oldest.checkpointId() == waitedForId
                ? waitedSinceNanos + overtakeAfterNanos
                : clock.nanos();
    }

    private void cut() {
        Barrier barrier = aligner.due();
        boolean unaligned = aligner.isDueOvertaking();
        long beganNanos = clock.nanos();
        long alignedNanos =
                barrier.checkpointId() == waitedForId ? beganNanos - waitedSinceNanos : 0;
        for (int i = 0; i < chain.operators().size(); i++) {
            try {
                chain.operators().get(i).beforeSnapshot(barrier.checkpointId());
            } catch (Throwable e) {
                throw UserCodeException.of(chain.names().get(i), e);
            }
        }
        List<OperatorTurn> turns = snapshot(barrier);
        if (turns != null) {
            if (chain.source() != null) {
                FaultPoint.SNAPSHOT_SOURCE_TAKEN.hit();
            }
            if (afterInput) {
                turns.get(0).add(AfterInput.mark(attempt.subtask(), parallelism));
                firstAfterInput = Math.min(firstAfterInput, barrier.checkpointId());
            } else {
                for (EdgeOutput output : chain.outputs()) {
                    output.sendBarrier(barrier);
                }
            }
            desk.onCut(
                    attempt,
                    barrier.checkpointId(),
                    cutOf(turns, alignedNanos, clock.nanos() - beganNanos, unaligned));
        }
        aligner.onCut();
        if (turns != null && barrier.purpose() == SnapshotPurpose.SUSPEND) {
            suspendedBy = barrier.checkpointId();
        }
    }

    /** Null if an operator could not: then the checkpoint is declined and no barrier goes on. */
    private List<OperatorTurn> snapshot(Barrier barrier) {
        List<OperatorTurn> turns = new ArrayList<>();
        for (int i = 0; i < chain.operators().size(); i++) {
            Operator operator = chain.operators().get(i);
            OperatorTurn turn = new OperatorTurn(barrier);
            turns.add(turn);
            try {
                operator.snapshot(turn);
            } catch (Exception e) {
                turns.forEach(OperatorTurn::drop);
                LOG.warn(
                        "Snapshot failed: attempt={} checkpoint={} operator={}",
                        attempt,
                        barrier.checkpointId(),
                        chain.names().get(i),
                        e);
                desk.onDeclined(
                        attempt,
                        barrier.checkpointId(),
                        FailureReports.of(UserCodeException.of(chain.names().get(i), e), where));
                return null;
            }
        }
        return turns;
    }

    private TaskCut cutOf(
            List<OperatorTurn> turns, long alignedNanos, long turnNanos, boolean unaligned) {
        List<TaskCut.OperatorCut> operators = new ArrayList<>();
        List<OperatorCommittables> committables = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i).hasState()) {
                operators.add(turns.get(i).cut(i));
            }
            committables.addAll(turns.get(i).committables());
        }
        return new TaskCut(
                operators,
                unaligned ? overtaken() : List.of(),
                committables,
                alignedNanos,
                turnNanos,
                unaligned,
                () -> {});
    }

    /** What was read, or restored, and not processed. */
    private List<FrozenState> overtaken() {
        List<FrozenState> all = new ArrayList<>();
        for (int i = 0; i < chain.inputs().size(); i++) {
            InputGate gate = chain.inputs().get(i).gate();
            ChannelForm form = chain.inputs().get(i).form();
            if (!gate.restored().isEmpty()) {
                all.add(form.freeze("input " + i + " restored", gate.restored()));
            }
            for (int channel = 0; channel < gate.channels(); channel++) {
                List<RecordChunk> queued = gate.queued(channel);
                if (!queued.isEmpty()) {
                    all.add(form.freeze("input " + i + " channel " + channel, queued));
                }
            }
        }
        return all;
    }
}
