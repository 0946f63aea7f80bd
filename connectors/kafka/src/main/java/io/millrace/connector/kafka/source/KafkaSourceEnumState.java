package io.millrace.connector.kafka.source;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * What an enumerator knows. Immutable.
 *
 * @param discovered whether the partitions have been looked for; those that are found later begin
 *     with their first record
 * @param assigned partitions that a reader has, or has read to their end
 * @param pending partitions that no reader has yet, with the offsets to begin at
 * @param topicIds by topic, as far as the brokers know ids
 */
public record KafkaSourceEnumState(
        boolean discovered,
        Set<TopicPartition> assigned,
        Collection<KafkaPartitionSplit> pending,
        Map<String, Uuid> topicIds) {
    public KafkaSourceEnumState {
        assigned = Set.copyOf(assigned);
        pending = List.copyOf(pending);
        topicIds = Map.copyOf(topicIds);
    }

    /** Of a source that has not been started. */
    static KafkaSourceEnumState empty() {
        return new KafkaSourceEnumState(false, Set.of(), List.of(), Map.of());
    }
}
