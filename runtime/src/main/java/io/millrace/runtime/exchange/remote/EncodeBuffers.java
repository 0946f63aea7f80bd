package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.serde.BinaryWriter;
import org.jctools.queues.MpmcArrayQueue;

/**
 * Buffers that tasks encode chunks into, one per task that encodes at the moment and not one per
 * channel. Thread-safe. A buffer that a giant chunk has blown up is not kept.
 */
final class EncodeBuffers {
    private static final int KEPT = 64;
    private static final int INITIAL_BYTES = 32 << 10;
    private static final int LARGEST_KEPT_BYTES = 2 << 20;

    private final MpmcArrayQueue<BinaryWriter> idle = new MpmcArrayQueue<>(KEPT);

    BinaryWriter take() {
        BinaryWriter buffer = idle.poll();
        return buffer == null ? new BinaryWriter(INITIAL_BYTES) : buffer;
    }

    void giveBack(BinaryWriter buffer) {
        if (buffer.array().length <= LARGEST_KEPT_BYTES) {
            buffer.clear();
            idle.offer(buffer);
        }
    }
}
