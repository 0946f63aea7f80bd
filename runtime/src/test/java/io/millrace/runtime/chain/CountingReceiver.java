package io.millrace.runtime.chain;

/** Counts what it takes and passes it on, for tests of class copies. */
final class CountingReceiver extends Receiver {
    private final Receiver next;
    private int records;
    private long watermarkMs;

    CountingReceiver(Receiver next) {
        this.next = next;
    }

    @Override
    public void push(Object record, long timestampMs) {
        records++;
        if (next != null) {
            next.push(record, timestampMs);
        }
    }

    @Override
    public void watermark(long timestampMs) {
        watermarkMs = timestampMs;
        if (next != null) {
            next.watermark(timestampMs);
        }
    }

    @Override
    public void idle() {
        // Not counted.
    }

    @Override
    public String toString() {
        return records + " records, watermark " + watermarkMs;
    }
}
