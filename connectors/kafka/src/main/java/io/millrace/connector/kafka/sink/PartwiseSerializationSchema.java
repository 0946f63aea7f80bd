package io.millrace.connector.kafka.sink;

import io.millrace.api.serialization.SerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record whose parts are made by one object each. Confined to the task. */
final class PartwiseSerializationSchema<IN> implements KafkaRecordSerializationSchema<IN> {
    private static final long serialVersionUID = 1L;

    private final TopicSelector<? super IN> topics;
    private final KafkaPartitioner<? super IN> partitioner; // null: the client chooses
    private final SerializationSchema<? super IN> keys; // null: no keys
    private final SerializationSchema<? super IN> values;
    private final HeaderProvider<? super IN> headers; // null: none

    PartwiseSerializationSchema(
            TopicSelector<? super IN> topics,
            KafkaPartitioner<? super IN> partitioner,
            SerializationSchema<? super IN> keys,
            SerializationSchema<? super IN> values,
            HeaderProvider<? super IN> headers) {
        this.topics = topics;
        this.partitioner = partitioner;
        this.keys = keys;
        this.values = values;
        this.headers = headers;
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
            throws Exception {
        values.open(context);
        if (keys != null) {
            keys.open(context);
        }
        if (partitioner != null) {
            partitioner.open(
                    sinkContext.getParallelInstanceId(),
                    sinkContext.getNumberOfParallelInstances());
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            IN element, KafkaSinkContext context, Long timestamp) {
        String topic = topics.apply(element);
        byte[] value = values.serialize(element);
        byte[] key = keys == null ? null : keys.serialize(element);
        Integer partition =
                partitioner == null
                        ? null
                        : Integer.valueOf(
                                partitioner.partition(
                                        element,
                                        key,
                                        value,
                                        topic,
                                        context.getPartitionsForTopic(topic)));
        // Kafka refuses times before 1970.
        Long time = timestamp == null || timestamp < 0L ? null : timestamp;
        return new ProducerRecord<>(
                topic,
                partition,
                time,
                key,
                value,
                headers == null ? null : headers.getHeaders(element));
    }
}
