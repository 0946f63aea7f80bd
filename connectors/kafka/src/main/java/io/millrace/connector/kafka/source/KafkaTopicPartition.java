package io.millrace.connector.kafka.source;

import java.io.Serializable;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** The older name of a {@link TopicPartition}. Immutable. */
public final class KafkaTopicPartition implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final int partition;

    public KafkaTopicPartition(String topic, int partition) {
        this.topic = Objects.requireNonNull(topic);
        this.partition = partition;
    }

    public String getTopic() {
        return topic;
    }

    public int getPartition() {
        return partition;
    }

    TopicPartition toKafka() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KafkaTopicPartition that
                && partition == that.partition
                && topic.equals(that.topic);
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + partition;
    }

    @Override
    public String toString() {
        return "KafkaTopicPartition{topic='" + topic + "', partition=" + partition + '}';
    }
}
