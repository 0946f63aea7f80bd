package io.millrace.batch.shuffle;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.serde.BinaryWriter;
import java.util.function.Supplier;

/** The block that a consumer's chunks are added to. Confined to its writer. */
final class OpenBlock {
    private static final int FIRST_BYTES = 1 << 10;

    private final Supplier<ChunkCodec> codecs;
    private final int fullBytes;
    // Null while it is empty.
    private BinaryWriter raw;
    private ChunkCodec codec;
    private int records;
    private int largestChunkBytes;

    /**
     * @param fullBytes a block is sealed before it grows longer, if it is not of one chunk
     */
    OpenBlock(Supplier<ChunkCodec> codecs, int fullBytes) {
        this.codecs = codecs;
        this.fullBytes = fullBytes;
    }

    /** Returns how many bytes of memory more than before are held. */
    int add(RecordChunk chunk) {
        int heldBefore = heldBytes();
        if (raw == null) {
            raw = new BinaryWriter(FIRST_BYTES);
        }
        if (codec == null) {
            codec = codecs.get();
        }
        int before = raw.size();
        codec.encode(chunk, raw);
        if (raw.size() > BlockFormat.LARGEST_BLOCK_BYTES) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "a chunk of "
                            + chunk.size
                            + " records takes "
                            + (raw.size() - before)
                            + " bytes; at most "
                            + BlockFormat.LARGEST_BLOCK_BYTES
                            + " can be stored. Make the records smaller, for instance by passing"
                            + " references to large objects.");
        }
        records += chunk.size;
        largestChunkBytes = Math.max(largestChunkBytes, raw.size() - before);
        return heldBytes() - heldBefore;
    }

    int heldBytes() {
        return raw == null ? 0 : raw.array().length;
    }

    boolean isEmpty() {
        return records == 0;
    }

    int rawBytes() {
        return raw == null ? 0 : raw.size();
    }

    /** Whether one more chunk would make it longer than it should be. */
    boolean isFull() {
        return rawBytes() + largestChunkBytes > fullBytes;
    }

    /** The block as it is stored; begins a new one, in the same memory unless that has grown. */
    byte[] seal(BlockFormat format) {
        byte[] block = format.seal(raw.array(), raw.size(), records);
        records = 0;
        largestChunkBytes = 0;
        codec = null;
        if (raw.array().length <= 2 * fullBytes) {
            raw.clear();
        } else {
            raw = null;
        }
        return block;
    }

    /** Gives up the memory of an empty block. */
    void release() {
        raw = null;
    }
}
