package io.millrace.api.sink;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.serialization.TypeSerializerSchemaCompatibility;
import io.millrace.api.serialization.TypeSerializerSnapshot;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;

/**
 * Messages on their way from writers to the committer. Confined to its user.
 *
 * <pre>
 * message := 0 (byte), subtask (int), subtasks (int), checkpoint id (long), committables (int), failed (int)
 *          | 1 (byte), version (int), length (int), bytes of a {@link LineageSerializer}
 * </pre>
 */
final class CommittableMessageSerializer<CommT> extends TypeSerializer<CommittableMessage<CommT>> {
    private static final long serialVersionUID = 1L;

    private static final int SUMMARY = 0;
    private static final int COMMITTABLE = 1;

    private final SerializableSupplier<SimpleVersionedSerializer<CommT>> supplier;
    private transient LineageSerializer<CommT> lineage; // null until it is needed

    CommittableMessageSerializer(SerializableSupplier<SimpleVersionedSerializer<CommT>> supplier) {
        this.supplier = supplier;
    }

    private LineageSerializer<CommT> lineage() {
        if (lineage == null) {
            lineage = new LineageSerializer<>(supplier.get());
        }
        return lineage;
    }

    @Override
    public void serialize(CommittableMessage<CommT> message, DataOutputView target)
            throws IOException {
        if (message instanceof CommittableSummary<CommT> summary) {
            target.writeByte(SUMMARY);
            target.writeInt(summary.getSubtaskId());
            target.writeInt(summary.getNumberOfSubtasks());
            target.writeLong(summary.getCheckpointId());
            target.writeInt(summary.getNumberOfCommittables());
            target.writeInt(summary.getNumberOfFailedCommittables());
        } else if (message instanceof CommittableWithLineage<CommT> committable) {
            byte[] bytes = lineage().serialize(committable);
            target.writeByte(COMMITTABLE);
            target.writeInt(lineage().getVersion());
            target.writeInt(bytes.length);
            target.write(bytes);
        } else {
            throw new IllegalArgumentException(
                    "A message between writers and committer is a CommittableSummary or a"
                            + " CommittableWithLineage, not a "
                            + message.getClass().getName()
                            + ".");
        }
    }

    @Override
    public CommittableMessage<CommT> deserialize(DataInputView source) throws IOException {
        int kind = source.readByte();
        if (kind == SUMMARY) {
            return new CommittableSummary<>(
                    source.readInt(),
                    source.readInt(),
                    source.readLong(),
                    source.readInt(),
                    source.readInt());
        }
        if (kind != COMMITTABLE) {
            throw new IOException("A message of a sink begins with " + kind + ", not with 0 or 1.");
        }
        int version = source.readInt();
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return lineage().deserialize(version, bytes);
    }

    @Override
    public CommittableMessage<CommT> deserialize(
            CommittableMessage<CommT> reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<CommittableMessage<CommT>> duplicate() {
        return new CommittableMessageSerializer<>(supplier);
    }

    @Override
    public CommittableMessage<CommT> createInstance() {
        return new CommittableSummary<>(0, 1, 0, 0, 0);
    }

    @Override
    public CommittableMessage<CommT> copy(CommittableMessage<CommT> from) {
        return from;
    }

    @Override
    public CommittableMessage<CommT> copy(
            CommittableMessage<CommT> from, CommittableMessage<CommT> reuse) {
        return from;
    }

    /** Not fixed. */
    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommittableMessageSerializer<?> that
                && supplier.get().getClass() == that.supplier.get().getClass();
    }

    @Override
    public int hashCode() {
        return supplier.get().getClass().hashCode();
    }

    @Override
    public TypeSerializerSnapshot<CommittableMessage<CommT>> snapshotConfiguration() {
        return new Snapshot<>();
    }

    /** Messages say in which version of the sink's serializer they are, so it stores nothing. */
    public static final class Snapshot<CommT>
            implements TypeSerializerSnapshot<CommittableMessage<CommT>> {
        private static final int VERSION = 1;

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) {}

        @Override
        public void readSnapshot(int readVersion, DataInputView in, ClassLoader loader)
                throws IOException {
            if (readVersion != VERSION) {
                throw new IOException(
                        "Messages of a sink were stored in version "
                                + readVersion
                                + "; this release knows version "
                                + VERSION
                                + ".");
            }
        }

        @Override
        public TypeSerializer<CommittableMessage<CommT>> restoreSerializer() {
            throw new UnsupportedOperationException(
                    "Only the sink knows the serializer of its committables.");
        }

        @Override
        public TypeSerializerSchemaCompatibility<CommittableMessage<CommT>>
                resolveSchemaCompatibility(
                        TypeSerializerSnapshot<CommittableMessage<CommT>> oldSerializerSnapshot) {
            return oldSerializerSnapshot instanceof Snapshot
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
