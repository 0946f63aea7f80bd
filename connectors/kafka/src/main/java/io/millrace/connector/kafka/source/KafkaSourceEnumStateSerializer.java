package io.millrace.connector.kafka.source;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Stateless.
 *
 * <pre>
 * discovered: boolean | assigned: int, (topic: UTF, partition: int) each
 * | pending: int, split each | topics: int, (topic: UTF, id: UTF) each
 * </pre>
 */
public class KafkaSourceEnumStateSerializer
        implements SimpleVersionedSerializer<KafkaSourceEnumState> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaSourceEnumState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(state.discovered());
        out.writeInt(state.assigned().size());
        for (TopicPartition partition : state.assigned()) {
            out.writeUTF(partition.topic());
            out.writeInt(partition.partition());
        }
        out.writeInt(state.pending().size());
        for (KafkaPartitionSplit split : state.pending()) {
            KafkaPartitionSplitSerializer.write(split, out);
        }
        out.writeInt(state.topicIds().size());
        for (Map.Entry<String, Uuid> topic : state.topicIds().entrySet()) {
            out.writeUTF(topic.getKey());
            out.writeUTF(topic.getValue().toString());
        }
        return bytes.toByteArray();
    }

    @Override
    public KafkaSourceEnumState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "the position of a Kafka source in version "
                            + version
                            + "; this connector knows "
                            + VERSION);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        boolean discovered = in.readBoolean();
        Set<TopicPartition> assigned = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            assigned.add(new TopicPartition(in.readUTF(), in.readInt()));
        }
        List<KafkaPartitionSplit> pending = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            pending.add(KafkaPartitionSplitSerializer.read(in));
        }
        Map<String, Uuid> topicIds = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            topicIds.put(in.readUTF(), Uuid.fromString(in.readUTF()));
        }
        return new KafkaSourceEnumState(discovered, assigned, pending, topicIds);
    }
}
