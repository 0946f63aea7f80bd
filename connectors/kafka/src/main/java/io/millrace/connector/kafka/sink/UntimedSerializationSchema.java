package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A schema that is not told the time of records. Confined to the task. */
final class UntimedSerializationSchema<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final KafkaRecordSerializationSchema<T> schema;

    UntimedSerializationSchema(KafkaRecordSerializationSchema<T> schema) {
        this.schema = schema;
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
            throws Exception {
        schema.open(context, sinkContext);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T element, KafkaSinkContext context, Long timestamp) {
        return schema.serialize(element, context, null);
    }
}
