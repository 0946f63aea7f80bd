package io.millrace.api.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;

/**
 * A committable with its lineage around the bytes of the sink's own serializer. Stateless.
 *
 * <pre>
 * version 1 := checkpoint id (long), subtask (int), version of the sink's serializer (int), its bytes
 * </pre>
 */
final class LineageSerializer<CommT>
        implements SimpleVersionedSerializer<CommittableWithLineage<CommT>> {
    private static final int VERSION = 1;

    private final SimpleVersionedSerializer<CommT> own;

    LineageSerializer(SimpleVersionedSerializer<CommT> own) {
        this.own = Objects.requireNonNull(own, "The sink's serializer of committables is null.");
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(CommittableWithLineage<CommT> message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(message.getCheckpointId());
        out.writeInt(message.getSubtaskId());
        out.writeInt(own.getVersion());
        out.write(own.serialize(message.getCommittable()));
        return bytes.toByteArray();
    }

    @Override
    public CommittableWithLineage<CommT> deserialize(int version, byte[] serialized)
            throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "A committable was written in version "
                            + version
                            + "; this release knows version "
                            + VERSION
                            + ". Start the job with the release that wrote it, or a later one.");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        long checkpointId = in.readLong();
        int subtask = in.readInt();
        int ownVersion = in.readInt();
        return new CommittableWithLineage<>(
                own.deserialize(ownVersion, in.readAllBytes()), checkpointId, subtask);
    }
}
