package io.millrace.batch;

/** Estimates the memory of a table's entries, whose values may grow. Confined to its table. */
/* One entry in sixteen is a sample, measured when it has come and whenever its records have doubled; the
 * others that have few records are taken to be like the samples. Each that has many records is measured
 * whenever these have doubled. So a value is measured as often as its size has bits, and a few large ones
 * are noticed as well as many small ones.
 */
final class FoldSizes {
    /** From so many records on, an entry is measured by itself. A power of two. */
    static final int LARGE_RECORDS = 64;

    // Heads of key, value and the boxes in them, and places in the arrays.
    private static final int OVERHEAD_BYTES = 112;
    private static final int ENTRY_BYTES = 32;
    // Objects take about twice their serialized size.
    private static final int OBJECTS_OF_BYTES = 2;
    private static final int SAMPLED_FIRST = 32;
    private static final int SAMPLED_EVERY = 16;
    private static final int FIXED_SAMPLED_EVERY = 256;

    private final Measure measure;
    private final int overheadBytes;
    private long small;
    private long sampled;
    private long sampledBytes;
    private long large;
    private long largeBytes;
    // Kept when the last sample has become large.
    private long averageBytes;

    /** What so many keys with values of so many serialized bytes may take at most. */
    static long most(long keys, long bytes) {
        return keys * (OVERHEAD_BYTES + ENTRY_BYTES) + bytes * OBJECTS_OF_BYTES;
    }

    /** The serialized size of a key and its value. */
    interface Measure {
        int bytesOf(Object key, Object value);
    }

    /**
     * @param grows whether values may, and so have entries
     */
    FoldSizes(Measure measure, boolean grows) {
        this.measure = measure;
        this.overheadBytes = OVERHEAD_BYTES + (grows ? ENTRY_BYTES : 0);
    }

    /** Takes in a new entry, of few records; by how much all have become larger. */
    long added(Object key, FoldTable.Entry entry) {
        entry.sampled = samplesNext(SAMPLED_EVERY);
        if (entry.sampled) {
            entry.bytes = measure.bytesOf(key, entry.value);
        }
        return add(entry.sampled, entry.bytes);
    }

    /** The same for a value that never grows. */
    long addedFixed(Object key, Object value) {
        boolean samples = samplesNext(FIXED_SAMPLED_EVERY);
        return add(samples, samples ? measure.bytesOf(key, value) : 0);
    }

    private boolean samplesNext(int every) {
        return small < SAMPLED_FIRST || small % every == 0;
    }

    private long add(boolean sample, int bytes) {
        long before = bytes();
        if (sample) {
            sampled++;
            sampledBytes += bytes;
            average();
        }
        small++;
        return bytes() - before;
    }

    /** Takes in an entry that stays from before. */
    long kept(Object key, FoldTable.Entry entry) {
        if (!entry.isLarge()) {
            return added(key, entry);
        }
        long before = bytes();
        entry.sampled = false;
        entry.bytes = measure.bytesOf(key, entry.value);
        large++;
        largeBytes += entry.bytes;
        return bytes() - before;
    }

    /** Looks at an entry whose records have doubled; by how much all have become larger. */
    long grown(Object key, FoldTable.Entry entry) {
        if (!entry.isLarge() && !entry.sampled) {
            return 0;
        }
        long before = bytes();
        int bytes = measure.bytesOf(key, entry.value);
        if (!entry.isLarge()) {
            sampledBytes += bytes - entry.bytes;
        } else if (entry.records > LARGE_RECORDS) {
            largeBytes += bytes - entry.bytes;
        } else {
            becomeLarge(entry, bytes);
        }
        entry.bytes = bytes;
        average();
        return bytes() - before;
    }

    private void becomeLarge(FoldTable.Entry entry, int bytes) {
        small--;
        large++;
        largeBytes += bytes;
        if (entry.sampled) {
            entry.sampled = false;
            sampled--;
            sampledBytes -= entry.bytes;
        }
    }

    private void average() {
        if (sampled > 0) {
            averageBytes = sampledBytes / sampled;
        }
    }

    /** Serialized, of an entry with few records. */
    long averageBytes() {
        return averageBytes;
    }

    /** Of all entries, in memory. */
    long bytes() {
        return (small + large) * overheadBytes
                + (small * averageBytes + largeBytes) * OBJECTS_OF_BYTES;
    }
}
