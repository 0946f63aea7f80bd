package io.millrace.connector.kafka.source;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads key and value of a record, in the oldest shape; taken wherever a {@link
 * KafkaDeserializationSchema} is. Headers and the record's time are not seen. Confined to the task.
 *
 * @deprecated use {@link KafkaRecordDeserializationSchema}, or {@link KafkaDeserializationSchema}
 */
@Deprecated
public interface KeyedDeserializationSchema<T> extends KafkaDeserializationSchema<T> {
    /**
     * @param messageKey null if the record has none
     * @param message null for a tombstone
     * @return null to pass the record over
     */
    T deserialize(byte[] messageKey, byte[] message, String topic, int partition, long offset)
            throws IOException;

    @Override
    default T deserialize(ConsumerRecord<byte[], byte[]> record) throws IOException {
        return deserialize(
                record.key(), record.value(), record.topic(), record.partition(), record.offset());
    }
}
