package io.millrace.connector.kafka.source;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.TopicPartition;

/** {@code topic: UTF | partition: int | start: long | stop: long}. Stateless. */
public class KafkaPartitionSplitSerializer
        implements SimpleVersionedSerializer<KafkaPartitionSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(split, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    static void write(KafkaPartitionSplit split, DataOutputStream out) throws IOException {
        out.writeUTF(split.getTopic());
        out.writeInt(split.getPartition());
        out.writeLong(split.getStartingOffset());
        out.writeLong(split.stoppingOffset());
    }

    @Override
    public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "a Kafka split of version " + version + "; this connector knows " + VERSION);
        }
        return read(new DataInputStream(new ByteArrayInputStream(serialized)));
    }

    static KafkaPartitionSplit read(DataInputStream in) throws IOException {
        return new KafkaPartitionSplit(
                new TopicPartition(in.readUTF(), in.readInt()), in.readLong(), in.readLong());
    }
}
