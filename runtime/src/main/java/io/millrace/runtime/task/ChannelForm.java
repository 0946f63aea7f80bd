package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ChunkCodecs;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WrittenSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How records that were on their way to one input lie in a checkpoint, in the form {@value #NAME};
 * the one place that knows their bytes. Immutable; confined to the task.
 *
 * <pre>
 * description := input (varint), keyed, written schema
 * content     := chunk*
 * chunk       := length (varint), a chunk that describes itself
 * </pre>
 *
 * @param input of the vertex
 * @param serializer of its records
 * @param keyed whether chunks carry key hashes
 * @param firstKeyGroup of this subtask
 * @param lastKeyGroup inclusive
 */
record ChannelForm(
        int input,
        Serializer<Object> serializer,
        boolean keyed,
        int firstKeyGroup,
        int lastKeyGroup,
        int maxParallelism,
        JobSerializers serializers) {
    private static final String NAME = "chunks/1";
    private static final int INLINE_BYTES = 4096;
    private static final int FIRST_BYTES = 4096;
    private static final int DESCRIPTION_BYTES = 256;

    /**
     * Writes chunks, now: the records may change when they are processed.
     *
     * @param channel names the part
     */
    FrozenState freeze(String channel, Collection<RecordChunk> chunks) {
        ChunkCodec codec = ChunkCodecs.standalone(serializer, keyed);
        BinaryWriter all = new BinaryWriter(FIRST_BYTES);
        BinaryWriter one = new BinaryWriter(FIRST_BYTES);
        int records = 0;
        for (RecordChunk chunk : chunks) {
            one.clear();
            codec.encode(chunk, one);
            all.writeVarInt(one.size());
            all.writeBytes(one.array(), 0, one.size());
            records += chunk.size;
        }
        return new Frozen(channel, records, description(), all.toByteArray());
    }

    private byte[] description() {
        BinaryWriter out = new BinaryWriter(DESCRIPTION_BYTES);
        out.writeVarInt(input);
        out.writeBoolean(keyed);
        out.writeByteArray(WrittenSchema.of(serializer).toBytes());
        return out.toByteArray();
    }

    /** The records of one channel as bytes. */
    private final class Frozen implements FrozenState {
        private final String channel;
        private final int records;
        private final byte[] description;
        private final byte[] content;

        Frozen(String channel, int records, byte[] description, byte[] content) {
            this.channel = channel;
            this.records = records;
            this.description = description;
            this.content = content;
        }

        @Override
        public List<StatePart> writeTo(SegmentOutput out) throws IOException {
            Piece piece =
                    content.length <= INLINE_BYTES
                            ? new Piece.Inline(content)
                            : new Piece.Stored(
                                    out.append(to -> to.write(content)),
                                    keyed ? firstKeyGroup : 0,
                                    keyed ? lastKeyGroup : 0);
            return List.of(
                    new StatePart(
                            StatePart.Kind.CHANNEL,
                            channel,
                            NAME,
                            keyed ? firstKeyGroup : 0,
                            keyed ? lastKeyGroup : -1,
                            records,
                            description,
                            List.of(piece)));
        }

        @Override
        public void close() {
            // Bytes only.
        }
    }

    /** The input that a part belongs to. */
    static int inputOf(StatePart part) {
        return new BinaryReader(part.description()).readVarInt();
    }

    /**
     * Reads what falls to this subtask.
     *
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE} if records of this kind cannot go
     *     to this input, {@code SCHEMA_INCOMPATIBLE}, {@code CHECKPOINT_FILE_CORRUPT} or {@code
     *     STORAGE_FAILED}
     */
    List<RecordChunk> read(RestoredPart restored, SegmentSource segments) {
        StatePart part = restored.part();
        BinaryReader description = new BinaryReader(part.description());
        description.readVarInt();
        boolean wereKeyed = description.readBoolean();
        if (!part.form().equals(NAME) || wereKeyed != keyed) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "records that were on their way to input "
                            + input
                            + " ("
                            + part.name()
                            + ", form "
                            + part.form()
                            + (wereKeyed ? ", by key" : ", not by key")
                            + ") cannot be given to it as it is now"
                            + (keyed ? ", by key" : ", not by key")
                            + ". Restore a checkpoint without such records, or leave them behind"
                            + " with execution.checkpointing.recover-without-channel-state"
                            + ".checkpoint-id.");
        }
        ChunkCodec codec =
                ChunkCodecs.standalone(
                        serializers.readerInto(
                                WrittenSchema.parse(description.readByteArray()), serializer),
                        keyed);
        BinaryReader in = new BinaryReader(PartContent.read(part, segments, "what was on its way"));
        List<RecordChunk> chunks = new ArrayList<>();
        while (in.remaining() > 0) {
            RecordChunk chunk = codec.decode(new BinaryReader(in.readByteArray()));
            chunk = keyed ? own(chunk) : chunk;
            if (chunk.size > 0) {
                chunks.add(chunk);
            }
        }
        return chunks;
    }

    /** Without the records of other subtasks' key groups. */
    private RecordChunk own(RecordChunk chunk) {
        RecordChunk own = new RecordChunk(true);
        for (int i = 0; i < chunk.size; i++) {
            int group = KeyGroups.group(chunk.keyHashes[i], maxParallelism);
            if (group >= firstKeyGroup && group <= lastKeyGroup) {
                own.add(chunk.values[i], chunk.timestampMs(i), chunk.keyHashes[i]);
            }
        }
        return own;
    }
}
