package io.millrace.connector.kafka.sink;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction whose records are all written, and that waits to be committed. Immutable.
 *
 * @param producerEpoch with the id before it, what tells this transaction from others of its id
 * @param epochPerTransaction whether the brokers gave it an epoch of its own
 * @param preparedMs when all was written, milliseconds since the epoch
 * @param timeoutMs the brokers end it on their own that long after it was begun
 * @param written where its records are, never empty
 */
record KafkaCommittable(
        String transactionalId,
        long producerId,
        short producerEpoch,
        boolean epochPerTransaction,
        long preparedMs,
        long timeoutMs,
        List<WrittenRange> written) {
    KafkaCommittable {
        written = List.copyOf(written);
    }

    /**
     * As bytes.
     *
     * <pre>
     * committable := id (UTF), producer id (long), epoch (short), own epoch (boolean),
     *                prepared (long), time-out (long), count (int), range*
     * range       := topic (UTF), partition (int), first (long), last (long), records (long)
     * </pre>
     */
    static final class Serializer implements SimpleVersionedSerializer<KafkaCommittable> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(KafkaCommittable committable) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeUTF(committable.transactionalId);
            out.writeLong(committable.producerId);
            out.writeShort(committable.producerEpoch);
            out.writeBoolean(committable.epochPerTransaction);
            out.writeLong(committable.preparedMs);
            out.writeLong(committable.timeoutMs);
            out.writeInt(committable.written.size());
            for (WrittenRange range : committable.written) {
                out.writeUTF(range.topic());
                out.writeInt(range.partition());
                out.writeLong(range.first());
                out.writeLong(range.last());
                out.writeLong(range.records());
            }
            return bytes.toByteArray();
        }

        @Override
        public KafkaCommittable deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "A committable of the Kafka sink has version "
                                + version
                                + ", this release knows "
                                + VERSION
                                + ". Start the job with the release that wrote the checkpoint.");
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            String id = in.readUTF();
            long producerId = in.readLong();
            short epoch = in.readShort();
            boolean own = in.readBoolean();
            long preparedMs = in.readLong();
            long timeoutMs = in.readLong();
            int count = in.readInt();
            List<WrittenRange> written = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                written.add(
                        new WrittenRange(
                                in.readUTF(),
                                in.readInt(),
                                in.readLong(),
                                in.readLong(),
                                in.readLong()));
            }
            return new KafkaCommittable(id, producerId, epoch, own, preparedMs, timeoutMs, written);
        }
    }
}
