package io.millrace.batch.sort;

/** Bytes that one owner may hold at a time. Confined to its owner. */
final class MemoryBudget {
    private final long limitBytes;
    private long heldBytes;
    private long peakBytes;

    MemoryBudget(long limitBytes) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("a budget of " + limitBytes + " bytes");
        }
        this.limitBytes = limitBytes;
    }

    /** False if so many are not left; nothing is taken then. */
    boolean take(long bytes) {
        if (heldBytes + bytes > limitBytes) {
            return false;
        }
        heldBytes += bytes;
        peakBytes = Math.max(peakBytes, heldBytes);
        return true;
    }

    void giveBack(long bytes) {
        heldBytes -= bytes;
        assert heldBytes >= 0 : heldBytes;
    }

    long limitBytes() {
        return limitBytes;
    }

    long heldBytes() {
        return heldBytes;
    }

    /** The most that was ever held. */
    long peakBytes() {
        return peakBytes;
    }

    long leftBytes() {
        return limitBytes - heldBytes;
    }
}
