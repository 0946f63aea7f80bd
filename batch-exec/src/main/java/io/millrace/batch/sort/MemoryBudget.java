package io.millrace.batch.sort;

/** Bytes that one owner may hold at a time. Confined to its owner. */
public final class MemoryBudget {
    private final long limitBytes;
    private long heldBytes;
    private long peakBytes;

    public MemoryBudget(long limitBytes) {
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

    public long limitBytes() {
        return limitBytes;
    }

    public long heldBytes() {
        return heldBytes;
    }

    /** The most that was ever held. */
    public long peakBytes() {
        return peakBytes;
    }

    long leftBytes() {
        return limitBytes - heldBytes;
    }
}
