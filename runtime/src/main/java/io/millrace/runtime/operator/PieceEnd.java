package io.millrace.runtime.operator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Ends a piece of work behind the record that is in the chain, when its records take much longer
 * than those before: another thread sets it, the task looks at it behind each record.
 */
/* An opaque read is a plain load that the compiler may not take out of the loop: a record costs a load
 * and a branch, and no clock.
 */
public final class PieceEnd {
    private static final VarHandle OVER;

    static {
        try {
            OVER = MethodHandles.lookup().findVarHandle(PieceEnd.class, "over", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Set by the monitor, cleared and read by the task; by the handle only.
    @SuppressWarnings("unused")
    private boolean over;

    /** The task begins another piece. */
    public void begin() {
        OVER.setOpaque(this, false);
    }

    /** The task comes to an end of its piece soon. Any thread. */
    public void end() {
        OVER.setOpaque(this, true);
    }

    /** Whether the rest waits, so that the task can look around. */
    public boolean isOver() {
        return (boolean) OVER.getOpaque(this);
    }
}
