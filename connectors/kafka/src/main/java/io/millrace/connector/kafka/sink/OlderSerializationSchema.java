package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A schema in the older form. Confined to the task. */
final class OlderSerializationSchema<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final KafkaSerializationSchema<T> schema;

    OlderSerializationSchema(KafkaSerializationSchema<T> schema) {
        this.schema = schema;
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
            throws Exception {
        if (schema instanceof KafkaContextAware<?> aware) {
            aware.setParallelInstanceId(sinkContext.getParallelInstanceId());
            aware.setNumParallelInstances(sinkContext.getNumberOfParallelInstances());
        }
        schema.open(context);
    }

    @Override
    @SuppressWarnings("unchecked") // a schema of T is told of topics of T
    public ProducerRecord<byte[], byte[]> serialize(
            T element, KafkaSinkContext context, Long timestamp) {
        if (schema instanceof KafkaContextAware<?> aware) {
            String topic = ((KafkaContextAware<T>) aware).getTargetTopic(element);
            aware.setPartitions(context.getPartitionsForTopic(topic));
        }
        return schema.serialize(element, timestamp);
    }
}
