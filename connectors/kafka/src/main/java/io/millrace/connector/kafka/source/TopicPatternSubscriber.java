package io.millrace.connector.kafka.source;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/** All partitions of topics whose whole name matches; there may be none. Immutable. */
record TopicPatternSubscriber(Pattern pattern) implements KafkaSubscriber {
    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient adminClient) {
        List<String> matching =
                Topics.names(adminClient).stream()
                        .filter(name -> pattern.matcher(name).matches())
                        .sorted()
                        .toList();
        return Topics.describe(adminClient, matching).partitions();
    }
}
