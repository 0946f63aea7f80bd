package io.millrace.connector.kafka.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;

/** All partitions of topics that must be there. Immutable. */
record TopicListSubscriber(List<String> topics) implements KafkaSubscriber {
    TopicListSubscriber {
        topics = new ArrayList<>(topics); // serialized with the job
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient adminClient) {
        return Topics.describe(adminClient, topics).partitions();
    }
}
