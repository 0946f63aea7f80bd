package io.millrace.testutils.operator;

import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.WatermarkStatus;
import io.millrace.api.time.Watermark;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what an operator emits, records and time, in their order. */
final class Emitted extends Receiver {
    final ConcurrentLinkedQueue<Object> queue = new ConcurrentLinkedQueue<>();

    @Override
    public void push(Object record, long timestampMs) {
        queue.add(
                timestampMs == RecordChunk.NO_TIMESTAMP
                        ? new StreamRecord<>(record)
                        : new StreamRecord<>(record, timestampMs));
    }

    @Override
    public void watermark(long timestampMs) {
        queue.add(new Watermark(timestampMs));
    }

    @Override
    public void idle() {
        queue.add(WatermarkStatus.IDLE);
    }

    @Override
    public void active() {
        queue.add(WatermarkStatus.ACTIVE);
    }
}
