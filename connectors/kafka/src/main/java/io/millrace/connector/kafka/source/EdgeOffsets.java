package io.millrace.connector.kafka.source;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** The first record, or behind the last. Immutable. */
record EdgeOffsets(OffsetResetStrategy edge) implements OffsetsInitializer {
    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return edge == OffsetResetStrategy.EARLIEST
                ? retriever.beginningOffsets(partitions)
                : retriever.endOffsets(partitions);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return edge;
    }
}
