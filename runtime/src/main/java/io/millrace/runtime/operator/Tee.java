package io.millrace.runtime.operator;

import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.serde.Serializer;

/** Gives every record to two places; a chain of these serves more. */
final class Tee extends Receiver {
    private final Receiver first;
    private final Receiver second;
    private final Serializer<Object> copier;

    /**
     * @param copier makes what the second place gets; null if records cannot change
     */
    Tee(Receiver first, Receiver second, Serializer<Object> copier) {
        this.first = first;
        this.second = second;
        this.copier = copier;
    }

    @Override
    public void push(Object record, long timestampMs) {
        Object other = copier == null || record == null ? record : copier.copy(record);
        first.push(record, timestampMs);
        second.push(other, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        Object other = copier == null || record == null ? record : copier.copy(record);
        first.pushKeyed(record, timestampMs, keyHash);
        second.pushKeyed(other, timestampMs, keyHash);
    }

    @Override
    public void watermark(long timestampMs) {
        first.watermark(timestampMs);
        second.watermark(timestampMs);
    }

    @Override
    public void idle() {
        first.idle();
        second.idle();
    }

    @Override
    public void active() {
        first.active();
        second.active();
    }
}
