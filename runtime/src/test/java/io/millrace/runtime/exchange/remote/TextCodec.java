package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;

/** Chunks of strings, with a running number that shows whether a decoder sees all, and in order. */
final class TextCodec implements ChunkCodec {
    private int number;

    @Override
    public void encode(RecordChunk chunk, BinaryWriter out) {
        out.writeInt(number++);
        out.writeVarInt(chunk.size);
        for (int i = 0; i < chunk.size; i++) {
            out.writeString((String) chunk.values[i]);
            out.writeLong(chunk.timestampMs(i));
        }
    }

    @Override
    public RecordChunk decode(BinaryReader in) {
        int got = in.readInt();
        if (got != number) {
            throw new CorruptDataException("chunk " + got + " in the place of " + number);
        }
        number++;
        RecordChunk chunk = new RecordChunk(false);
        int size = in.readVarInt();
        for (int i = 0; i < size; i++) {
            chunk.add(in.readString(), in.readLong());
        }
        return chunk;
    }
}
