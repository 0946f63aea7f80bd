package io.millrace.connector.kafka.source;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/** Which partitions a source reads. Asked again and again, on a thread that may wait. */
public interface KafkaSubscriber extends Serializable {
    /** The partitions that are there now. */
    Set<TopicPartition> getSubscribedTopicPartitions(AdminClient adminClient);

    static KafkaSubscriber getTopicListSubscriber(List<String> topics) {
        return new TopicListSubscriber(topics);
    }

    /** All topics whose whole name matches. */
    static KafkaSubscriber getTopicPatternSubscriber(Pattern topicPattern) {
        return new TopicPatternSubscriber(topicPattern);
    }

    static KafkaSubscriber getPartitionSetSubscriber(Set<TopicPartition> partitions) {
        return new PartitionSetSubscriber(partitions);
    }
}
