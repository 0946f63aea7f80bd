package io.millrace.runtime.operator;

import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.RecordChunk;

/** The entrance of a chain that reads edges. Confined to its task. */
public abstract class ChunkReceiver {
    private final Receiver first;

    ChunkReceiver(Receiver first) {
        this.first = first;
    }

    /** Pushes all records of the chunk. */
    public abstract void accept(RecordChunk chunk);

    /** The first place of the chain, for time. */
    public final Receiver first() {
        return first;
    }
}
