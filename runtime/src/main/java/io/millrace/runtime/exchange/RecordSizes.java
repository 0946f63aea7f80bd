package io.millrace.runtime.exchange;

import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WriterStructures;

/**
 * Estimates the bytes of an edge's records from samples: the first record of a chunk, written by
 * the serializer and thrown away. Confined to the writing task.
 */
/* One record of 256 costs half a percent of serializing them all, where they are small. Where they are
 * large and chunks hold few, samples come rarely: after as many records as a full chunk has, but again
 * at once while the estimate is young. A larger sample counts more than a smaller one, since an
 * estimate that is too low costs memory.
 */
public final class RecordSizes {
    /** Where nothing can be measured: what a small record takes. */
    private static final int UNKNOWN_BYTES = 64;

    private static final int YOUNG_SAMPLES = 8;
    private static final int RECORDS_BETWEEN_SAMPLES = 256;
    private static final int LARGEST_KEPT_BUFFER = 64 << 10;

    private final Serializer<Object> serializer;
    private final WriterStructures structures = new WriterStructures();
    private BinaryWriter out = new BinaryWriter(256);
    private boolean measurable;
    private int samples;
    private int recordsToSkip;
    private int bytes = UNKNOWN_BYTES;

    /**
     * @param serializer null if records cannot be measured
     */
    public RecordSizes(Serializer<Object> serializer) {
        this.serializer = serializer;
        this.measurable = serializer != null;
    }

    /** Looks at the first record of a chunk; returns the estimate, at least 1. */
    int onFirstOfChunk(Object record) {
        if (measurable && recordsToSkip <= 0) {
            take(record);
        }
        return bytes;
    }

    /** A chunk has left. */
    void onLeft(int records) {
        recordsToSkip -= records;
    }

    private void take(Object record) {
        int measured;
        try {
            measured = measure(record);
        } catch (RuntimeException | StackOverflowError e) {
            // A type that only travels by reference. If it ever has to be written, that says why.
            measurable = false;
            return;
        }
        samples++;
        recordsToSkip = samples < YOUNG_SAMPLES ? 0 : RECORDS_BETWEEN_SAMPLES;
        int weight = samples == 1 ? 1 : measured > bytes ? 2 : 8;
        bytes = Math.max(1, bytes + (measured - bytes) / weight);
    }

    private int measure(Object record) {
        if (record == null) {
            return 1;
        }
        out.clear();
        out.attach(structures);
        try {
            serializer.write(record, out);
            return out.size();
        } finally {
            out.attach((WriterStructures) null);
            if (out.array().length > LARGEST_KEPT_BUFFER) {
                out = new BinaryWriter(256);
            }
        }
    }
}
