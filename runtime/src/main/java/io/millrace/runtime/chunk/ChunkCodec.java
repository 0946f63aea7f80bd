package io.millrace.runtime.chunk;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;

/**
 * Takes the chunks of one edge over the wire. An instance is confined to one end of one channel.
 *
 * <p>A decoder sees the encodings of one encoder, all and in order, so the two may keep state.
 */
public interface ChunkCodec {
    void encode(RecordChunk chunk, BinaryWriter out);

    RecordChunk decode(BinaryReader in);
}
