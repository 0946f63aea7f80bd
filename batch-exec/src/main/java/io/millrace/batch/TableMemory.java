package io.millrace.batch;

import io.millrace.runtime.serde.BinaryWriter;

/**
 * Estimates the memory of a table from the serialized size of some of its entries. Confined to its
 * operator.
 */
/* Objects of strings and boxed values take about twice their serialized size and 16 bytes of header
 * for each of a few objects; the table's own arrays take up to 32 bytes an entry. The first entries are
 * all measured, later one in 256: enough for an average, and it costs next to nothing.
 */
final class TableMemory {
    private static final int OVERHEAD_BYTES = 112;
    private static final int MEASURED_FIRST = 64;
    private static final int MEASURED_EVERY = 256;

    private final long limitBytes;
    private final FoldSerializer format;
    private final BinaryWriter sample = new BinaryWriter(1024);
    private long measuredEntries;
    private long measuredBytes;

    TableMemory(long limitBytes, FoldSerializer format) {
        this.limitBytes = limitBytes;
        this.format = format;
    }

    /** Whether a table that has just taken this entry has reached the limit. */
    boolean isFullAfter(Object key, Object fold, int entries) {
        if (entries <= MEASURED_FIRST || entries % MEASURED_EVERY == 0) {
            sample.clear();
            format.write(0, key, fold, sample);
            measuredEntries++;
            measuredBytes += sample.size();
        }
        return entries * (OVERHEAD_BYTES + 2 * measuredBytes / measuredEntries) >= limitBytes;
    }

    void reset() {
        measuredEntries = 0;
        measuredBytes = 0;
    }
}
