package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** A serializer of Kafka's own, made on the task. Confined to the task. */
final class KafkaSerializerSchema<T> implements SerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final String className;
    private final boolean key;
    private final Map<String, String> configuration;
    private final TopicSelector<? super T> topics;
    private transient Serializer<? super T> serializer;

    KafkaSerializerSchema(
            Class<?> serializer,
            boolean key,
            Map<String, String> configuration,
            TopicSelector<? super T> topics) {
        this.className = serializer.getName();
        this.key = key;
        this.configuration = Map.copyOf(configuration);
        this.topics = topics;
    }

    @Override
    @SuppressWarnings("unchecked") // as the program declared it
    public void open(InitializationContext context) throws Exception {
        ClassLoader user = context.getUserCodeClassLoader().asClassLoader();
        Class<?> found = Class.forName(className, true, user);
        serializer = (Serializer<? super T>) Utils.newInstance(found);
        serializer.configure(configuration, key);
    }

    @Override
    public byte[] serialize(T element) {
        return serializer.serialize(topics.apply(element), element);
    }
}
