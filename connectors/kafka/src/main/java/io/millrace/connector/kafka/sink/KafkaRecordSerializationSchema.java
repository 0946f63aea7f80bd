package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import java.io.Serializable;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes Kafka's records: topic, partition, key, value, headers, time. Confined to the task. */
public interface KafkaRecordSerializationSchema<T> extends Serializable {
    /** For the usual cases. */
    static <T> KafkaRecordSerializationSchemaBuilder<T> builder() {
        return new KafkaRecordSerializationSchemaBuilder<>();
    }

    /** Called once, before the first record. */
    default void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
            throws Exception {}

    /**
     * @param timestamp milliseconds since the epoch; null if the record has none
     * @return null for a record that is not written
     */
    ProducerRecord<byte[], byte[]> serialize(T element, KafkaSinkContext context, Long timestamp);

    /** Where the schema is used. */
    interface KafkaSinkContext {
        int getParallelInstanceId();

        int getNumberOfParallelInstances();

        /** Numbers of the topic's partitions, in order; asks the brokers now and then. */
        int[] getPartitionsForTopic(String topic);
    }
}
