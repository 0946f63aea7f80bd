package io.millrace.connector.kafka.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.serialization.Deserializer;

/** Values by a deserializer of Kafka, which is made where it is used. Confined to the task. */
final class DeserializerSchema<T> implements KafkaRecordDeserializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final Class<? extends Deserializer<T>> type;
    private final Map<String, String> config;
    private transient Deserializer<T> deserializer;

    DeserializerSchema(Class<? extends Deserializer<T>> type, Map<String, String> config) {
        this.type = Objects.requireNonNull(type, "deserializer class");
        this.config = new HashMap<>(config);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        try {
            deserializer = type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    type.getName()
                            + " cannot be made: "
                            + e
                            + ". A deserializer is public and has a public constructor without"
                            + " parameters.",
                    e);
        }
        if (deserializer instanceof Configurable configurable) {
            configurable.configure(config);
        } else {
            deserializer.configure(config, false);
        }
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) {
        T value = deserializer.deserialize(record.topic(), record.headers(), record.value());
        if (value != null) {
            out.collect(value);
        }
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return TypeExtractor.createTypeInfo(Deserializer.class, type, 0, null, null);
    }

    @Override
    public String toString() {
        return type.getName();
    }
}
