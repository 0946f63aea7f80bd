package io.millrace.connector.kafka.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.connector.kafka.source.OffsetsInitializer.PartitionOffsetsRetriever;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions begin and end, as numbers. Immutable; asks the brokers.
 *
 * @param begin may give markers, which become numbers here
 */
record StartAndStop(OffsetsInitializer begin, OffsetsInitializer end) implements Serializable {
    /** The same for partitions that came later. */
    StartAndStop fromTheFirstRecord() {
        return new StartAndStop(OffsetsInitializer.earliest(), end);
    }

    List<KafkaPartitionSplit> splits(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever offsets) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        Map<TopicPartition, Long> starts =
                numbers(begin, begin.getPartitionOffsets(partitions, offsets), offsets);
        Map<TopicPartition, Long> stops =
                numbers(begin, end.getPartitionOffsets(partitions, offsets), offsets);
        List<KafkaPartitionSplit> splits = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Long start = starts.get(partition);
            if (start == null) {
                throw new MillraceException(
                        ErrorCode.OFFSET_OUT_OF_RANGE,
                        begin.getClass().getName()
                                + " says of no offset where to begin "
                                + partition
                                + ". Let it give one for each partition that it is asked for.");
            }
            splits.add(
                    new KafkaPartitionSplit(
                            partition,
                            start,
                            stops.getOrDefault(partition, KafkaPartitionSplit.NO_STOPPING_OFFSET)));
        }
        return splits;
    }

    private static Map<TopicPartition, Long> numbers(
            OffsetsInitializer initializer,
            Map<TopicPartition, Long> given,
            PartitionOffsetsRetriever offsets) {
        Map<TopicPartition, Long> numbers = new HashMap<>(given);
        numbers.putAll(offsets.endOffsets(marked(given, KafkaPartitionSplit.LATEST_OFFSET)));
        numbers.putAll(
                offsets.beginningOffsets(marked(given, KafkaPartitionSplit.EARLIEST_OFFSET)));
        List<TopicPartition> committed = marked(given, KafkaPartitionSplit.COMMITTED_OFFSET);
        if (!committed.isEmpty()) {
            numbers.putAll(
                    CommittedOffsets.committedOr(
                            initializer.getAutoOffsetResetStrategy(), committed, offsets));
        }
        return numbers;
    }

    private static List<TopicPartition> marked(Map<TopicPartition, Long> given, long marker) {
        return given.entrySet().stream()
                .filter(entry -> entry.getValue() == marker)
                .map(Map.Entry::getKey)
                .toList();
    }
}
