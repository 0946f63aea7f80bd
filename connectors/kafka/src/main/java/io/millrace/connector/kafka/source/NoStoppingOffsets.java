package io.millrace.connector.kafka.source;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** Partitions have no end. Immutable. */
record NoStoppingOffsets() implements OffsetsInitializer {
    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return Map.of();
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        throw new UnsupportedOperationException(
                "This says where reading ends, not where it begins.");
    }
}
