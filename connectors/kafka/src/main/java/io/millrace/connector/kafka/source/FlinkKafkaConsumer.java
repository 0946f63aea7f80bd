package io.millrace.connector.kafka.source;

import io.millrace.api.serialization.DeserializationSchema;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Records of Kafka in the older shape: {@code env.addSource(new FlinkKafkaConsumer<>(…))}. Begins
 * with what the group has committed; offers what {@link KafkaSource} does.
 *
 * <p>Its schema may end the stream: the subtask that meets such a record reads no more.
 */
public class FlinkKafkaConsumer<T> extends FlinkKafkaConsumerBase<T> {
    /** Has no effect: a poll ends with the first records. */
    public static final String KEY_POLL_TIMEOUT = "flink.poll-timeout";

    /** Has no effect, as {@link #KEY_POLL_TIMEOUT}. */
    public static final long DEFAULT_POLL_TIMEOUT = 100L;

    private static final long serialVersionUID = 1L;

    public FlinkKafkaConsumer(
            String topic, DeserializationSchema<T> valueDeserializer, Properties props) {
        this(List.of(topic), valueDeserializer, props);
    }

    public FlinkKafkaConsumer(
            String topic, KafkaDeserializationSchema<T> deserializer, Properties props) {
        this(List.of(topic), deserializer, props);
    }

    public FlinkKafkaConsumer(
            List<String> topics, DeserializationSchema<T> deserializer, Properties props) {
        this(topics, new ValueAsRecord<>(deserializer), props);
    }

    public FlinkKafkaConsumer(
            List<String> topics, KafkaDeserializationSchema<T> deserializer, Properties props) {
        super(KafkaSubscriber.getTopicListSubscriber(topics), deserializer, props);
    }

    public FlinkKafkaConsumer(
            Pattern subscriptionPattern,
            DeserializationSchema<T> valueDeserializer,
            Properties props) {
        this(subscriptionPattern, new ValueAsRecord<>(valueDeserializer), props);
    }

    public FlinkKafkaConsumer(
            Pattern subscriptionPattern,
            KafkaDeserializationSchema<T> deserializer,
            Properties props) {
        super(KafkaSubscriber.getTopicPatternSubscriber(subscriptionPattern), deserializer, props);
    }
}
