package io.millrace.connector.kafka.source;

import io.millrace.api.function.Collector;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A schema of values in the place of one of records. Confined to the task. */
final class ValueAsRecord<T> implements KafkaDeserializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final DeserializationSchema<T> schema;

    ValueAsRecord(DeserializationSchema<T> schema) {
        this.schema = Objects.requireNonNull(schema, "deserialization schema");
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        schema.open(context);
    }

    @Override
    public boolean isEndOfStream(T nextElement) {
        return schema.isEndOfStream(nextElement);
    }

    @Override
    public T deserialize(ConsumerRecord<byte[], byte[]> record) throws Exception {
        return schema.deserialize(record.value());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<T> out)
            throws Exception {
        schema.deserialize(message.value(), out);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }

    @Override
    public String toString() {
        return schema.getClass().getName();
    }
}
