package io.millrace.runtime.chunk;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.ReaderStructures;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WriterStructures;

/**
 * A chunk as bytes. Confined to one end of one channel; remembers the structures found at run time.
 *
 * <pre>
 * chunk      := varint size (1 to 256), byte flags, [timestamps], [key hashes], [nulls], record...
 * flags      := 1 timestamps | 2 key hashes | 4 nulls
 * timestamps := varlong, zigzag, of the difference to the one before (the first: to 0) for each record
 * key hashes := int for each record
 * nulls      := byte for eight records, lowest bit first: 1 where the record is null and has no bytes
 * </pre>
 */
final class RecordChunkCodec implements ChunkCodec {
    private static final int TIMESTAMPS = 1;
    private static final int KEY_HASHES = 2;
    private static final int NULLS = 4;

    private final Serializer<Object> serializer;
    private final boolean keyed;
    private final boolean standalone;
    private final WriterStructures written = new WriterStructures();
    private final ReaderStructures read = new ReaderStructures();

    /**
     * @param standalone whether each chunk describes by itself what is found at run time, so that
     *     it can be kept
     */
    RecordChunkCodec(Serializer<Object> serializer, boolean keyed, boolean standalone) {
        this.serializer = serializer;
        this.keyed = keyed;
        this.standalone = standalone;
    }

    @Override
    public void encode(RecordChunk chunk, BinaryWriter out) {
        int size = chunk.size;
        assert size > 0 && size <= RecordChunk.CAPACITY : size;
        assert keyed == (chunk.keyHashes != null);
        boolean timestamps = chunk.timestampsMs != null;
        boolean nulls = false;
        for (int i = 0; i < size; i++) {
            nulls |= chunk.values[i] == null;
        }
        out.writeVarInt(size);
        out.writeByte(
                (timestamps ? TIMESTAMPS : 0) | (keyed ? KEY_HASHES : 0) | (nulls ? NULLS : 0));
        if (timestamps) {
            writeTimestamps(chunk, out);
        }
        if (keyed) {
            for (int i = 0; i < size; i++) {
                out.writeInt(chunk.keyHashes[i]);
            }
        }
        if (nulls) {
            for (int i = 0; i < size; i += 8) {
                out.writeByte(nullBits(chunk, i));
            }
        }
        out.attach(standalone ? WriterStructures.selfDescribing() : written);
        try {
            for (int i = 0; i < size; i++) {
                Object value = chunk.values[i];
                if (value != null) {
                    serializer.write(value, out);
                }
            }
        } catch (ClassCastException e) {
            throw new MillraceException(
                    ErrorCode.RECORD_TYPE_UNKNOWN,
                    "a record is not of the type of its stream, "
                            + serializer.schema().text()
                            + ": "
                            + e.getMessage()
                            + ". Correct the type given with returns(...), or leave it out.",
                    e);
        } finally {
            out.attach((WriterStructures) null);
        }
    }

    private static void writeTimestamps(RecordChunk chunk, BinaryWriter out) {
        long before = 0;
        for (int i = 0; i < chunk.size; i++) {
            long difference = chunk.timestampsMs[i] - before;
            out.writeVarLong(difference << 1 ^ difference >> 63);
            before = chunk.timestampsMs[i];
        }
    }

    private static int nullBits(RecordChunk chunk, int from) {
        int bits = 0;
        for (int i = from; i < Math.min(from + 8, chunk.size); i++) {
            bits |= chunk.values[i] == null ? 1 << (i - from) : 0;
        }
        return bits;
    }

    @Override
    public RecordChunk decode(BinaryReader in) {
        int size = in.readVarInt();
        if (size < 1 || size > RecordChunk.CAPACITY) {
            throw new CorruptDataException("a chunk of " + size + " records at " + in.position());
        }
        int flags = in.readByte();
        if ((flags & ~(TIMESTAMPS | KEY_HASHES | NULLS)) != 0
                || keyed != ((flags & KEY_HASHES) != 0)) {
            throw new CorruptDataException("flags " + flags + " of a chunk at " + in.position());
        }
        RecordChunk chunk = new RecordChunk(keyed);
        if ((flags & TIMESTAMPS) != 0) {
            readTimestamps(chunk, size, in);
        }
        for (int i = 0; keyed && i < size; i++) {
            chunk.keyHashes[i] = in.readInt();
        }
        boolean nulls = (flags & NULLS) != 0;
        byte[] absent = new byte[nulls ? (size + 7) / 8 : 0];
        for (int i = 0; i < absent.length; i++) {
            absent[i] = in.readByte();
        }
        in.attach(standalone ? new ReaderStructures() : read);
        try {
            for (int i = 0; i < size; i++) {
                boolean isNull = nulls && (absent[i >> 3] & 1 << (i & 7)) != 0;
                chunk.values[i] = isNull ? null : serializer.read(in);
            }
        } catch (CorruptDataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CorruptDataException(
                    "a record of "
                            + serializer.schema().text()
                            + " before byte "
                            + in.position()
                            + ": "
                            + e,
                    e);
        } finally {
            in.attach((ReaderStructures) null);
        }
        chunk.size = size;
        return chunk;
    }

    private static void readTimestamps(RecordChunk chunk, int size, BinaryReader in) {
        chunk.timestampsMs = new long[RecordChunk.CAPACITY];
        long before = 0;
        for (int i = 0; i < size; i++) {
            long zigzag = in.readVarLong();
            before += zigzag >>> 1 ^ -(zigzag & 1);
            chunk.timestampsMs[i] = before;
        }
    }
}
