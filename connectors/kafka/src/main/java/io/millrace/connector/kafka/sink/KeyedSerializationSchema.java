package io.millrace.connector.kafka.sink;

import java.io.Serializable;

/**
 * Makes key and value of a record, in the oldest shape, for {@link FlinkKafkaProducer}. Confined to
 * the task.
 *
 * @deprecated use {@link KafkaRecordSerializationSchema}, or {@link KafkaSerializationSchema}
 */
@Deprecated
public interface KeyedSerializationSchema<T> extends Serializable {
    /** Null for a record without a key. */
    byte[] serializeKey(T element);

    /** Null for a tombstone. */
    byte[] serializeValue(T element);

    /** Null for the topic that the producer was made with. */
    String getTargetTopic(T element);
}
