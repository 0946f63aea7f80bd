package io.millrace.batch;

import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.operator.Operator;

/**
 * An operator that emits nothing before its input has ended. No checkpoint has what it keeps.
 * Confined to its task.
 */
/* Time is held back until all results are out: whoever sets timers behind would else be too late. */
abstract class BlockingOperator extends Operator {
    private final String name;
    private final Receiver behind;
    private long watermarkMs = Long.MIN_VALUE;

    BlockingOperator(String name, Receiver next) {
        super(next);
        this.name = name;
        this.behind = next;
    }

    @Override
    public final void watermark(long timestampMs) {
        watermarkMs = timestampMs;
    }

    @Override
    public final void idle() {
        // Nothing is emitted before the end, so nobody behind waits for anything.
    }

    @Override
    public final void active() {
        // As idle.
    }

    @Override
    public final void snapshot(SnapshotTurn turn) {
        throw NoSnapshot.of(name);
    }

    /** Called once, when all results are out. */
    final void passTime() {
        if (watermarkMs != Long.MIN_VALUE) {
            behind.watermark(watermarkMs);
        }
    }
}
