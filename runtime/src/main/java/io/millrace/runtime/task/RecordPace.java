package io.millrace.runtime.task;

import io.millrace.runtime.chunk.RecordChunk;
import java.util.concurrent.TimeUnit;

/**
 * How many records a task takes at once, so that it is soon between two of them again: there it
 * makes cuts, and others of its loop have their turns. Pure; confined to the task.
 */
/* Nobody knows how long a record takes before one was taken, so it begins with one; some turns later chunks
 * are whole, and stay so while records take microseconds. A turn in which few records took long makes the next
 * pieces as small as the time for a piece allows; each turn whose records were quick enough doubles them. A piece takes longer than a
 * turn may (task.turn-limit): records that wait for something outside do so on a thread of their own. When
 * quick records become slow at once, the monitor ends the piece behind the record that is in the chain
 * (PieceEnd), and what is left of the chunk waits in the gate.
 */
final class RecordPace {
    static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONG_TURN_NANOS = 2 * PIECE_NANOS;

    private int limit = 1;

    /** From 1 to the capacity of a chunk. */
    int limit() {
        return limit;
    }

    /** A turn is over in which the task took so many records. */
    void onTurn(long records, long nanos) {
        if (records <= 0) {
            return;
        }
        long fit = PIECE_NANOS * records / Math.max(1, nanos);
        if (nanos > LONG_TURN_NANOS) {
            limit = (int) Math.max(1, Math.min(RecordChunk.CAPACITY, fit));
        } else if (fit >= 2L * limit) {
            limit = Math.min(RecordChunk.CAPACITY, 2 * limit);
        }
    }
}
