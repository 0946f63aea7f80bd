package io.millrace.runtime.operator;

import io.millrace.runtime.chunk.RecordChunk;

/** From the engine's timestamp to the one that users see. Pure. */
final class RecordTime {
    private RecordTime() {}

    /** Null if the record has no timestamp. */
    static Long boxed(long timestampMs) {
        return timestampMs == RecordChunk.NO_TIMESTAMP ? null : timestampMs;
    }
}
