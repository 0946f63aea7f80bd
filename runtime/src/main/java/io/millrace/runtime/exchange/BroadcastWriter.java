package io.millrace.runtime.exchange;

import io.millrace.runtime.serde.Serializer;

/**
 * Writes every record to every channel; each gets a copy of its own unless records cannot change.
 */
final class BroadcastWriter extends EdgeWriter {
    private final EdgeOutput output;
    private final Serializer<Object> copier;
    private final int channels;

    /**
     * @param copier null if records are handed over as they are
     */
    BroadcastWriter(EdgeOutput output, Serializer<Object> copier) {
        super(output);
        this.output = output;
        this.copier = copier;
        this.channels = output.channels();
    }

    @Override
    public void push(Object record, long timestampMs) {
        for (int channel = 0; channel < channels; channel++) {
            output.append(
                    channel,
                    copier == null || record == null ? record : copier.copy(record),
                    timestampMs);
        }
    }
}
