package io.millrace.runtime.operator;

import static io.millrace.runtime.chunk.RecordChunk.NO_TIMESTAMP;

import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.RecordChunk;

/** Pushes the records of a chunk into a chain of one input. */
final class RecordLoop extends ChunkReceiver {
    private final Receiver first;

    private int looked; // so that the compiler keeps the look

    RecordLoop(Receiver first) {
        this.first = first;
    }

    @Override
    public int accept(RecordChunk chunk, PieceEnd piece) {
        Object[] values = chunk.values;
        long[] timestampsMs = chunk.timestampsMs;
        int[] keyHashes = chunk.keyHashes;
        int size = chunk.size;
        looked = chunk.look();
        if (keyHashes == null) {
            for (int i = 0; i < size; i++) {
                first.push(values[i], timestampsMs == null ? NO_TIMESTAMP : timestampsMs[i]);
                if (piece.isOver()) {
                    return i + 1;
                }
            }
        } else {
            first.expect(keyHashes, size);
            for (int i = 0; i < size; i++) {
                first.pushKeyed(
                        values[i],
                        timestampsMs == null ? NO_TIMESTAMP : timestampsMs[i],
                        keyHashes[i]);
                if (piece.isOver()) {
                    return i + 1;
                }
            }
        }
        return size;
    }

    @Override
    public void watermark(long timestampMs) {
        first.watermark(timestampMs);
    }

    @Override
    public void idle() {
        first.idle();
    }

    @Override
    public void active() {
        first.active();
    }
}
