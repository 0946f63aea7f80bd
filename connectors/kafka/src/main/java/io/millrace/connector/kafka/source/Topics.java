package io.millrace.connector.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the brokers say about topics. Immutable.
 *
 * @param ids by topic; without those of brokers before 2.8, which have none
 */
record Topics(Set<TopicPartition> partitions, Map<String, Uuid> ids) {
    /**
     * Asks about topics that must be there.
     *
     * @throws CompletionException with the client's error; one that names the topic if it is
     *     missing
     */
    static Topics describe(Admin admin, Collection<String> topics) {
        Set<TopicPartition> partitions = new HashSet<>();
        Map<String, Uuid> ids = new HashMap<>();
        if (topics.isEmpty()) {
            return new Topics(partitions, ids);
        }
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(topics).topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            TopicDescription topic = description(answer.getKey(), answer.getValue());
            for (TopicPartitionInfo partition : topic.partitions()) {
                partitions.add(new TopicPartition(topic.name(), partition.partition()));
            }
            if (topic.topicId() != null && !topic.topicId().equals(Uuid.ZERO_UUID)) {
                ids.put(topic.name(), topic.topicId());
            }
        }
        return new Topics(partitions, ids);
    }

    private static TopicDescription description(String name, KafkaFuture<TopicDescription> answer) {
        try {
            return await(answer);
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                // The broker's own text does not say which.
                throw new CompletionException(
                        new UnknownTopicOrPartitionException(
                                "there is no topic " + name, e.getCause()));
            }
            throw e;
        }
    }

    /** The names of all topics that the principal may see, without Kafka's own. */
    static Set<String> names(Admin admin) {
        return await(admin.listTopics().names());
    }

    /**
     * Waits as long as the client's time-outs allow.
     *
     * @throws CompletionException with the client's error
     */
    static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
