package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import java.io.Serializable;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Makes Kafka's records, for {@link FlinkKafkaProducer}. One that also is {@link KafkaContextAware}
 * is told where it runs and which partitions there are.
 */
public interface KafkaSerializationSchema<T> extends Serializable {
    /** Called once, before the first record. */
    default void open(SerializationSchema.InitializationContext context) throws Exception {}

    /**
     * @param timestamp milliseconds since the epoch; null if the record has none
     */
    ProducerRecord<byte[], byte[]> serialize(T element, Long timestamp);
}
