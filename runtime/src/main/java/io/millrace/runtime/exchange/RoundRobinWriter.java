package io.millrace.runtime.exchange;

import io.millrace.runtime.serde.Serializer;

/** Writes to one channel after the other: REBALANCE, and RESCALE within its group of channels. */
final class RoundRobinWriter extends EdgeWriter {
    private final EdgeOutput output;
    private final Serializer<Object> copier;
    private final int channels;
    private int next;

    /**
     * @param copier null if records are handed over as they are
     * @param first the channel to begin with, so that not all subtasks begin with the same
     */
    RoundRobinWriter(EdgeOutput output, Serializer<Object> copier, int first) {
        super(output);
        this.output = output;
        this.copier = copier;
        this.channels = output.channels();
        this.next = first % channels;
    }

    @Override
    public void push(Object record, long timestampMs) {
        int channel = next;
        next = channel + 1 == channels ? 0 : channel + 1;
        output.append(
                channel,
                copier == null || record == null ? record : copier.copy(record),
                timestampMs);
    }
}
