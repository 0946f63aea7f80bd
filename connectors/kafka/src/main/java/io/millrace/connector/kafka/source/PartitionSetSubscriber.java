package io.millrace.connector.kafka.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/** Partitions that must be there. Immutable. */
record PartitionSetSubscriber(Set<TopicPartition> wanted) implements KafkaSubscriber {
    PartitionSetSubscriber {
        wanted = new HashSet<>(wanted); // serialized with the job
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient adminClient) {
        Set<String> topics = new TreeSet<>();
        wanted.forEach(partition -> topics.add(partition.topic()));
        Set<TopicPartition> missing = new HashSet<>(wanted);
        missing.removeAll(Topics.describe(adminClient, topics).partitions());
        if (!missing.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.TOPIC_NOT_FOUND,
                    "these partitions are to be read and do not exist: "
                            + new TreeSet<>(missing.stream().map(TopicPartition::toString).toList())
                            + ". Partitions are counted from 0.");
        }
        return Set.copyOf(wanted);
    }
}
