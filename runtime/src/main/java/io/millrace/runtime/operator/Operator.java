package io.millrace.runtime.operator;

import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.message.TaskTime.OriginTime;
import java.util.List;

/**
 * One operator of a chain in one subtask. Confined to its task.
 *
 * <p>Life: constructor, {@link #open}, any number of pushes and watermarks, {@link #finish} until
 * it returns true, {@link #prepared}, {@link #release}. After a failure or a cancel only {@code
 * release}.
 */
public abstract class Operator extends Receiver {
    private final Receiver behind;
    private OperatorContext context; // null before it is known, and in tests of an operator alone

    /**
     * @param next where this operator's records and time go; leaf classes keep their own reference
     *     for the hot path
     */
    protected Operator(Receiver next) {
        this.behind = next;
    }

    /** Called once, before all else. */
    final void belongsTo(OperatorContext known) {
        context = known;
    }

    /** Opens the user's functions. Called once, the operators behind first. */
    public void open() throws Exception {}

    @Override
    public void watermark(long timestampMs) {
        behind.watermark(timestampMs);
    }

    @Override
    public void idle() {
        behind.idle();
    }

    @Override
    public void active() {
        behind.active();
    }

    /**
     * Whether this operator can take more input now. While it cannot, its task reads nothing, but
     * mail and timers still come.
     */
    public boolean takesInput() {
        return true;
    }

    /**
     * In place of a key's records: what its window has come to, which fires now. Called only where
     * {@link OperatorCatalogue#keyFold} gives something.
     *
     * @param value of the fold of all records of the key; null if the function made that of it
     */
    public void pushFolded(Object key, int keyHash, Object value) {
        throw new IllegalStateException(getClass() + " has no windows");
    }

    /**
     * Where the input comes one key after another: all records of the current key have come. All
     * its time passes now, of both kinds, so that what is due is emitted; then all that it has is
     * forgotten, and time begins anew. Time is not passed on: the operators behind know it when all
     * keys have come. Who has time overrides it, and calls this one too, last.
     */
    public void endKey() throws Exception {
        if (context != null) {
            context.endKey();
        }
    }

    /**
     * Asked of the first operator of a task at the end of its input, before anything is finished,
     * until it returns true: it may wait for mail, timers or a checkpoint, and emit. Meanwhile the
     * task takes part in checkpoints as before.
     */
    public boolean mayEnd() throws Exception {
        return true;
    }

    /**
     * Tells an operator of a program's own that no record will come, as the first part of {@link
     * #finish}. Called by itself where the operator is only to be saved and does not finish.
     */
    public void endInput() throws Exception {}

    /**
     * Called at the end of input, after the operators before have finished: emits a bounded part of
     * what is still held.
     *
     * @return true if nothing is left; else it is called again when the outputs have space
     */
    public boolean finish() throws Exception {
        return true;
    }

    /**
     * Whether {@link #finish} has returned false because nothing can be emitted before the next
     * mail or timer.
     */
    public boolean awaitsMail() {
        return false;
    }

    /**
     * What this sink has prepared for its committer, after {@link #finish}, and what it does not
     * know to be part of a complete checkpoint; nothing of all others.
     */
    public List<OperatorCommittables> prepared() throws Exception {
        return List.of();
    }

    /**
     * At a barrier, the operators before first: emits what must not be part of the snapshot, as a
     * sink that flushes. Records that are emitted here are before the barrier for all behind.
     */
    public void beforeSnapshot(long checkpointId) throws Exception {}

    /**
     * At a barrier, after {@link #beforeSnapshot} of all operators of the chain: hands over what a
     * new attempt needs to go on from here. Emits nothing, takes microseconds: what is large is
     * frozen. Who overrides it calls this one too, last: it hands over what functions and keys
     * have.
     */
    public void snapshot(SnapshotTurn turn) throws Exception {
        if (context != null) {
            context.snapshot(turn);
        }
    }

    /**
     * A checkpoint that this operator was part of is complete and durable, or will never be. Not
     * each checkpoint is told of: one that is complete makes all before it obsolete. Who overrides
     * it calls this one too.
     */
    public void checkpointEnded(long checkpointId, boolean complete) throws Exception {
        if (context != null) {
            context.checkpointEnded(checkpointId, complete);
        }
    }

    /**
     * Whether this operator, with nothing left to emit, must live until a checkpoint that was taken
     * after {@link #finish} is complete: a function of the user's listens for that.
     */
    public boolean awaitsCheckpoint() {
        return context != null && context.functions().listens();
    }

    /**
     * Where this operator's own watermarks are, if it makes any; null for all others.
     *
     * @param since knows since when
     */
    public OriginTime origin(TimeSince since) {
        return null;
    }

    /** Records that left the job here, through a sink; 0 for all others. */
    public long recordsOut() {
        return 0;
    }

    /** How many keys have something, in all states of keys together; for tests and metrics. */
    public final long stateEntries() {
        return context == null ? 0 : context.stateEntries();
    }

    /** How many timers are registered, of all keys; 0 for operators without timers. */
    public int timers(TimeDomain domain) {
        return 0;
    }

    /**
     * Closes the user's functions; called once, also after a failure, the operators before first.
     */
    public void release() throws Exception {}
}
