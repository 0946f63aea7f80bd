package io.millrace.runtime.exchange;

import io.millrace.runtime.serde.Serializer;

/** Writes each record to a channel drawn at random, by a seed that the task gives. */
final class ShuffleWriter extends EdgeWriter {
    private final EdgeOutput output;
    private final Serializer<Object> copier;
    private final int channels;
    private long state;

    /**
     * @param copier null if records are handed over as they are
     */
    ShuffleWriter(EdgeOutput output, Serializer<Object> copier, long seed) {
        super(output);
        this.output = output;
        this.copier = copier;
        this.channels = output.channels();
        this.state = seed;
    }

    @Override
    public void push(Object record, long timestampMs) {
        // SplitMix64 (Steele, Lea, Flood 2014), then a multiply instead of a remainder.
        state += 0x9e3779b97f4a7c15L;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        int channel = (int) (((mixed >>> 32) * channels) >>> 32);
        output.append(
                channel,
                copier == null || record == null ? record : copier.copy(record),
                timestampMs);
    }
}
