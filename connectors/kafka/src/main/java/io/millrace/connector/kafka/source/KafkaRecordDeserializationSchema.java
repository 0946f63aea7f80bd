package io.millrace.connector.kafka.source;

import io.millrace.api.function.Collector;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.ResultTypeQueryable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes records of what Kafka has: key, value, headers, timestamp. Confined to the task. */
public interface KafkaRecordDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {
    /** Called once, before the first record. */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Gives any number of records for one of Kafka's. The value is null for a tombstone, the key
     * where there is none.
     *
     * @throws IOException if the bytes are not what they should be; as any unchecked exception, it
     *     is met by what {@link KafkaSourceBuilder#setCorruptRecords} says
     */
    void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) throws IOException;

    static <V> KafkaRecordDeserializationSchema<V> of(
            KafkaDeserializationSchema<V> kafkaDeserializationSchema) {
        return new OlderSchema<>(kafkaDeserializationSchema);
    }

    /** Of the value alone; a tombstone is given to the schema as null. */
    static <V> KafkaRecordDeserializationSchema<V> valueOnly(
            DeserializationSchema<V> valueDeserializationSchema) {
        return new ValueSchema<>(valueDeserializationSchema);
    }

    /** By a deserializer of Kafka for the value, which has a constructor without parameters. */
    static <V> KafkaRecordDeserializationSchema<V> valueOnly(
            Class<? extends Deserializer<V>> valueDeserializerClass) {
        return new DeserializerSchema<>(valueDeserializerClass, Map.of());
    }

    /**
     * @param config what the deserializer is configured with
     */
    static <V, D extends Configurable & Deserializer<V>>
            KafkaRecordDeserializationSchema<V> valueOnly(
                    Class<D> valueDeserializerClass, Map<String, String> config) {
        return new DeserializerSchema<>(valueDeserializerClass, config);
    }
}
