package io.millrace.coordinator.simulation;

import java.nio.ByteBuffer;

/** Hands out the numbers of splits, each once. What it says arrives in the order it was said. */
final class SimulatedEnumerator {
    private final int splits;
    private int next;
    private long saidMs;

    /**
     * @param position that it goes on from; null if it begins anew
     */
    SimulatedEnumerator(int splits, byte[] position) {
        this.splits = splits;
        this.next = position == null ? 0 : ByteBuffer.wrap(position).getInt();
    }

    /** The next split, or −1 if there is none left. */
    int next() {
        return next < splits ? next++ : -1;
    }

    byte[] position() {
        return ByteBuffer.allocate(4).putInt(next).array();
    }

    /** When something that takes so long from now arrives: not before what was said before. */
    long arrivalMs(long nowMs, int delayMs) {
        saidMs = Math.max(saidMs, nowMs + delayMs);
        return saidMs;
    }
}
