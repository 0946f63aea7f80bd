package io.millrace.runtime.chunk;

import io.millrace.runtime.serde.Serializer;
import java.util.function.Supplier;

/** Makes the codecs of an edge's channels. Stateless; any thread. */
public final class ChunkCodecs {
    private ChunkCodecs() {}

    /**
     * A codec of chunks that are kept, each by itself.
     *
     * @param serializer of the records
     * @param keyed whether chunks carry key hashes
     */
    public static ChunkCodec standalone(Serializer<Object> serializer, boolean keyed) {
        return new RecordChunkCodec(serializer, keyed, true);
    }

    /**
     * Gives a new codec for each end of each channel.
     *
     * @param serializer of the records of the edge
     * @param keyed whether chunks carry key hashes
     */
    @SuppressWarnings("unchecked") // the records of the edge are of the serializer's type
    public static Supplier<ChunkCodec> of(Serializer<?> serializer, boolean keyed) {
        return () -> new RecordChunkCodec((Serializer<Object>) serializer, keyed, false);
    }
}
