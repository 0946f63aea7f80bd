package io.millrace.runtime.task;

import io.millrace.runtime.operator.PieceEnd;

/**
 * Sees to it that no turn goes on for long: the monitor looks again and again, and ends the piece
 * of work that a long turn is at.
 */
final class TurnWatch {
    private final PieceEnd piece = new PieceEnd();
    // Written by the task, read by the monitor: when its turn began; 0 between turns.
    private volatile long beganNanos;

    /** The task: a turn begins. */
    void begin(long nowNanos) {
        piece.begin();
        beganNanos = nowNanos;
    }

    /** The task: the turn is over. */
    void end() {
        beganNanos = 0;
    }

    /** The task: what ends pieces of its work. */
    PieceEnd piece() {
        return piece;
    }

    /**
     * The monitor looks.
     *
     * @param nowNanos of the clock of turns
     */
    void onCheck(long nowNanos) {
        long since = beganNanos;
        if (since != 0 && nowNanos - since > RecordPace.PIECE_NANOS) {
            piece.end();
        }
    }
}
