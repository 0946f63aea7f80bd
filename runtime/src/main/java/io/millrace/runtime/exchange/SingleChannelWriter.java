package io.millrace.runtime.exchange;

import io.millrace.runtime.serde.Serializer;

/** Writes everything to the first channel: FORWARD, which has no other, and GLOBAL. */
final class SingleChannelWriter extends EdgeWriter {
    private final EdgeOutput output;
    private final Serializer<Object> copier;

    /**
     * @param copier null if records are handed over as they are
     */
    SingleChannelWriter(EdgeOutput output, Serializer<Object> copier) {
        super(output);
        this.output = output;
        this.copier = copier;
    }

    @Override
    public void push(Object record, long timestampMs) {
        output.append(
                0, copier == null || record == null ? record : copier.copy(record), timestampMs);
    }
}
