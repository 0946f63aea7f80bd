package io.millrace.connector.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** The first record of or behind a time. Immutable. */
record TimestampOffsets(long timestampMs) implements OffsetsInitializer {
    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        // Asked first: a record that comes between the two questions is then read, not passed over.
        Map<TopicPartition, Long> ends = retriever.endOffsets(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, timestampMs));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        retriever
                .offsetsForTimes(times)
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        for (TopicPartition partition : List.copyOf(partitions)) {
            offsets.putIfAbsent(partition, ends.get(partition));
        }
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.LATEST;
    }
}
