package io.millrace.connector.kafka.sink;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.io.IOException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes Kafka's records and counts them. Confined to the task. */
final class RecordSerialization<IN> {
    private final KafkaRecordSerializationSchema<IN> schema;
    private final SinkTopics topics;
    private final Counter records;
    private final Counter bytes;

    private RecordSerialization(
            KafkaRecordSerializationSchema<IN> schema,
            SinkTopics topics,
            SinkWriterMetricGroup metrics) {
        this.schema = schema;
        this.topics = topics;
        this.records = metrics.getNumRecordsSendCounter();
        this.bytes = metrics.getNumBytesSendCounter();
    }

    static <IN> RecordSerialization<IN> open(
            KafkaRecordSerializationSchema<IN> schema, SinkTopics topics, WriterInitContext context)
            throws IOException {
        try {
            schema.open(context.asSerializationSchemaInitializationContext(), topics);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the schema of the Kafka sink could not be opened: " + e, e);
        }
        return new RecordSerialization<>(schema, topics, context.metricGroup());
    }

    /** Null for a record that is not written. */
    ProducerRecord<byte[], byte[]> serialize(IN element, SinkWriter.Context context) {
        ProducerRecord<byte[], byte[]> made =
                schema.serialize(element, topics, context.timestamp());
        if (made != null) {
            records.inc();
            bytes.inc(length(made.key()) + length(made.value()));
        }
        return made;
    }

    private static long length(byte[] part) {
        return part == null ? 0 : part.length;
    }
}
