package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Settings of a schema whose parts are chosen one by one. Topic and value are needed; without a key
 * schema records have no key, without a partitioner the client chooses partitions: by key, or
 * evenly. Not thread-safe.
 */
public class KafkaRecordSerializationSchemaBuilder<IN> {
    private TopicSelector<? super IN> topicSelector;
    private KafkaPartitioner<? super IN> partitioner;
    private Part<IN> key;
    private Part<IN> value;
    private HeaderProvider<? super IN> headers;

    /** Makes the schema of a key or value when the topic is known: it may be set last. */
    private interface Part<IN> {
        SerializationSchema<? super IN> of(TopicSelector<? super IN> topics);
    }

    /** All records go to one topic. */
    public KafkaRecordSerializationSchemaBuilder<IN> setTopic(String topic) {
        Objects.requireNonNull(topic, "topic");
        requireUnset(topicSelector, "topic");
        topicSelector = each -> topic;
        return this;
    }

    public <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setTopicSelector(
            TopicSelector<? super T> topicSelector) {
        requireUnset(this.topicSelector, "topic");
        KafkaRecordSerializationSchemaBuilder<T> self = self();
        self.topicSelector = Objects.requireNonNull(topicSelector, "topicSelector");
        return self;
    }

    public <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setPartitioner(
            KafkaPartitioner<? super T> partitioner) {
        KafkaRecordSerializationSchemaBuilder<T> self = self();
        self.partitioner = Objects.requireNonNull(partitioner, "partitioner");
        return self;
    }

    public <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setKeySerializationSchema(
            SerializationSchema<? super T> keySerializationSchema) {
        Objects.requireNonNull(keySerializationSchema, "keySerializationSchema");
        return setKey(topics -> keySerializationSchema);
    }

    private <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setKey(Part<T> part) {
        requireUnset(key, "key serializer");
        KafkaRecordSerializationSchemaBuilder<T> self = self();
        self.key = part;
        return self;
    }

    public <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setValueSerializationSchema(
            SerializationSchema<T> valueSerializationSchema) {
        Objects.requireNonNull(valueSerializationSchema, "valueSerializationSchema");
        return setValue(topics -> valueSerializationSchema);
    }

    private <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setValue(Part<T> part) {
        requireUnset(value, "value serializer");
        KafkaRecordSerializationSchemaBuilder<T> self = self();
        self.value = part;
        return self;
    }

    public <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setHeaderProvider(
            HeaderProvider<? super T> headerProvider) {
        KafkaRecordSerializationSchemaBuilder<T> self = self();
        self.headers = Objects.requireNonNull(headerProvider, "headerProvider");
        return self;
    }

    /** Keys by a serializer of Kafka's own, with the defaults of its class. */
    public <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setKafkaKeySerializer(
            Class<? extends Serializer<? super T>> keySerializer) {
        return setKafkaKeySerializer(keySerializer, Map.of());
    }

    public <T extends IN, S extends Serializer<? super T>>
            KafkaRecordSerializationSchemaBuilder<T> setKafkaKeySerializer(
                    Class<S> keySerializer, Map<String, String> configuration) {
        Map<String, String> configured = Map.copyOf(configuration);
        return setKey(
                topics -> new KafkaSerializerSchema<T>(keySerializer, true, configured, topics));
    }

    /** Values by a serializer of Kafka's own, with the defaults of its class. */
    public <T extends IN> KafkaRecordSerializationSchemaBuilder<T> setKafkaValueSerializer(
            Class<? extends Serializer<? super T>> valueSerializer) {
        return setKafkaValueSerializer(valueSerializer, Map.of());
    }

    public <T extends IN, S extends Serializer<? super T>>
            KafkaRecordSerializationSchemaBuilder<T> setKafkaValueSerializer(
                    Class<S> valueSerializer, Map<String, String> configuration) {
        Map<String, String> configured = Map.copyOf(configuration);
        return setValue(
                topics -> new KafkaSerializerSchema<T>(valueSerializer, false, configured, topics));
    }

    /**
     * @throws IllegalStateException if topic or value is missing
     */
    public KafkaRecordSerializationSchema<IN> build() {
        if (topicSelector == null) {
            throw new IllegalStateException(
                    "A Kafka record needs a topic: call setTopic or setTopicSelector.");
        }
        if (value == null) {
            throw new IllegalStateException(
                    "A Kafka record needs a value: call setValueSerializationSchema or"
                            + " setKafkaValueSerializer.");
        }
        return new PartwiseSerializationSchema<>(
                topicSelector,
                partitioner,
                key == null ? null : key.of(topicSelector),
                value.of(topicSelector),
                headers);
    }

    private static void requireUnset(Object current, String what) {
        if (current != null) {
            throw new IllegalStateException("The " + what + " is set already.");
        }
    }

    @SuppressWarnings("unchecked") // what is set accepts supertypes of T
    private <T extends IN> KafkaRecordSerializationSchemaBuilder<T> self() {
        return (KafkaRecordSerializationSchemaBuilder<T>) this;
    }
}
