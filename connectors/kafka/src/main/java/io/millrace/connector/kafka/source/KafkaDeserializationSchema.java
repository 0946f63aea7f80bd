package io.millrace.connector.kafka.source;

import io.millrace.api.function.Collector;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.ResultTypeQueryable;
import java.io.Serializable;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The older form of {@link KafkaRecordDeserializationSchema}. Confined to the task. */
public interface KafkaDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {
    /** Called once, before the first record. */
    default void open(DeserializationSchema.InitializationContext context) throws Exception {}

    /**
     * Whether the stream ends before this record. Asked by {@link FlinkKafkaConsumer} only: a
     * {@link KafkaSource} ends where its stopping offsets say.
     */
    boolean isEndOfStream(T nextElement);

    /**
     * @return null to pass the record over
     */
    T deserialize(ConsumerRecord<byte[], byte[]> record) throws Exception;

    /** Any number of records of one; the default is at most one. */
    default void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<T> out)
            throws Exception {
        T deserialized = deserialize(message);
        if (deserialized != null) {
            out.collect(deserialized);
        }
    }
}
