package io.millrace.connector.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Offsets as the brokers know them. Immutable; each call waits for an answer.
 *
 * @param groupId null if the source has no group
 */
record AdminOffsets(Admin admin, String groupId, IsolationLevel isolation)
        implements OffsetsInitializer.PartitionOffsetsRetriever {
    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        if (groupId == null || partitions.isEmpty()) {
            return committed;
        }
        Map<TopicPartition, OffsetAndMetadata> answer =
                Topics.await(
                        admin.listConsumerGroupOffsets(
                                        Map.of(
                                                groupId,
                                                new ListConsumerGroupOffsetsSpec()
                                                        .topicPartitions(partitions)))
                                .partitionsToOffsetAndMetadata(groupId));
        answer.forEach(
                (partition, offset) -> {
                    if (offset != null && offset.offset() >= 0) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return offsets(partitions, partition -> OffsetSpec.latest());
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return offsets(partitions, partition -> OffsetSpec.earliest());
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        ask(partitions, spec).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> timestampsToSearch) {
        Map<TopicPartition, OffsetAndTimestamp> offsets = new HashMap<>();
        ask(
                        timestampsToSearch.keySet(),
                        partition -> OffsetSpec.forTimestamp(timestampsToSearch.get(partition)))
                .forEach(
                        (partition, found) -> {
                            if (found.offset() >= 0) {
                                offsets.put(
                                        partition,
                                        new OffsetAndTimestamp(
                                                found.offset(),
                                                Math.max(0, found.timestamp()),
                                                Optional.empty()));
                            }
                        });
        return offsets;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ask(
            Collection<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> spec) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> question = new HashMap<>();
        partitions.forEach(partition -> question.put(partition, spec.apply(partition)));
        return Topics.await(admin.listOffsets(question, new ListOffsetsOptions(isolation)).all());
    }
}
