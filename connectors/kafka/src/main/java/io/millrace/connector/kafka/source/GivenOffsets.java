package io.millrace.connector.kafka.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets that the program names. Immutable.
 *
 * @param otherwise for partitions that it does not name and whose offset the group has not
 *     committed
 */
record GivenOffsets(Map<TopicPartition, Long> offsets, OffsetResetStrategy otherwise)
        implements OffsetsInitializer, OffsetsInitializerValidator {
    GivenOffsets {
        offsets = new HashMap<>(offsets); // serialized with the job
        offsets.forEach(
                (partition, offset) -> {
                    if (offset < 0
                            && !KafkaPartitionSplit.VALID_STARTING_OFFSET_MARKERS.contains(
                                    offset)) {
                        throw new IllegalArgumentException(
                                "The offset of " + partition + " is " + offset + ".");
                    }
                });
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> found = new HashMap<>();
        List<TopicPartition> others = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Long offset = offsets.get(partition);
            if (offset == null || offset == KafkaPartitionSplit.COMMITTED_OFFSET) {
                others.add(partition);
            } else {
                found.put(partition, offset);
            }
        }
        if (!others.isEmpty()) {
            found.putAll(CommittedOffsets.committedOr(otherwise, others, retriever));
        }
        return found;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return otherwise;
    }

    @Override
    public void validate(Properties properties) {
        boolean committed = offsets.containsValue(KafkaPartitionSplit.COMMITTED_OFFSET);
        if (committed && properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG) == null) {
            throw new IllegalStateException(
                    "Committed offsets are those of a group. Name it: setGroupId(…).");
        }
    }
}
