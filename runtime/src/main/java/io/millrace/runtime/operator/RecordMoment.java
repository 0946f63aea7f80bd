package io.millrace.runtime.operator;

import io.millrace.runtime.chunk.RecordChunk;

/** What is known about the record that is being processed. Confined to its operator. */
final class RecordMoment {
    long timestampMs = RecordChunk.NO_TIMESTAMP;
    Object key;
}
