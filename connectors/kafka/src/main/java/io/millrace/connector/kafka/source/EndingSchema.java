package io.millrace.connector.kafka.source;

import io.millrace.api.function.Collector;
import io.millrace.api.serialization.DeserializationSchema;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Looks for the record that ends the stream, as the older source does. Confined to the task. */
final class EndingSchema<T> implements KafkaRecordDeserializationSchema<T>, StreamEnd {
    private static final long serialVersionUID = 1L;

    private final KafkaDeserializationSchema<T> schema;
    private transient boolean reached;

    EndingSchema(KafkaDeserializationSchema<T> schema) {
        this.schema = schema;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        schema.open(context);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out)
            throws IOException {
        try {
            schema.deserialize(record, new UpToTheEnd(out));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.toString(), e);
        }
    }

    @Override
    public boolean reached() {
        return reached;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }

    @Override
    public String toString() {
        return schema.toString();
    }

    private final class UpToTheEnd implements Collector<T> {
        private final Collector<T> out;

        UpToTheEnd(Collector<T> out) {
            this.out = out;
        }

        @Override
        public void collect(T record) {
            if (!reached && schema.isEndOfStream(record)) {
                reached = true;
            }
            if (!reached) {
                out.collect(record);
            }
        }

        @Override
        public void close() {}
    }
}
