package io.millrace.connector.kafka.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.metric.Counter;
import io.millrace.api.source.ReaderOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the schema read records, and meets what it cannot read. Confined to the task. */
/* Where a corrupt record ends the job, the schema's records go straight to the output: one that fails
 * half-way has emitted the first half, which is never seen, since no checkpoint follows. Where it does
 * not, they are kept until the schema has returned, so that a record is read as a whole or not at all. */
final class RecordReading<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RecordReading.class);

    private final KafkaRecordDeserializationSchema<T> schema;
    private final CorruptRecords corrupt;
    private final Counter errors;
    private final Kept<T> kept = new Kept<>();

    RecordReading(
            KafkaRecordDeserializationSchema<T> schema, CorruptRecords corrupt, Counter errors) {
        this.schema = schema;
        this.corrupt = corrupt;
        this.errors = errors;
    }

    /** Emits what is in a record to {@code to}. */
    void read(
            ConsumerRecord<byte[], byte[]> record, ReadPartition<T> to, ReaderOutput<T> sideOutput)
            throws IOException {
        to.begin(record.timestamp());
        if (corrupt.action() == CorruptRecords.Action.FAIL) {
            readOrFail(record, to);
            return;
        }
        kept.records.clear();
        try {
            schema.deserialize(record, kept);
        } catch (IOException | RuntimeException e) {
            onCorrupt(record, e, sideOutput);
            return;
        }
        for (T each : kept.records) {
            to.collect(each);
        }
    }

    private void readOrFail(ConsumerRecord<byte[], byte[]> record, ReadPartition<T> to)
            throws IOException {
        try {
            schema.deserialize(record, to);
        } catch (IOException | RuntimeException e) {
            if (to.isEmitting()) {
                throw e; // of what is chained to the source
            }
            throw malformed(record, e);
        }
    }

    private MillraceException malformed(ConsumerRecord<byte[], byte[]> record, Exception e) {
        return new MillraceException(
                ErrorCode.INPUT_MALFORMED,
                "the record at offset "
                        + record.offset()
                        + " of partition "
                        + record.partition()
                        + " of topic "
                        + record.topic()
                        + " ("
                        + (record.value() == null
                                ? "a tombstone"
                                : record.serializedValueSize() + " bytes")
                        + ") cannot be read by "
                        + schema
                        + ": "
                        + e
                        + ". To go on without such records:"
                        + " KafkaSource.builder().setCorruptRecords(CorruptRecords.skip()), or"
                        + " CorruptRecords.toSideOutput(tag).",
                e);
    }

    private void onCorrupt(
            ConsumerRecord<byte[], byte[]> record, Exception e, ReaderOutput<T> sideOutput) {
        errors.inc();
        if (errors.getCount() == 1) {
            LOG.warn(
                    "A record cannot be read and is passed over, as later ones will be; the metric"
                            + " numRecordsInErrors counts them. topic={} partition={} offset={}"
                            + " schema={} error={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    schema,
                    e.getClass().getName());
        }
        if (corrupt.action() == CorruptRecords.Action.SIDE_OUTPUT) {
            CorruptRecord said = new CorruptRecord();
            said.topic = record.topic();
            said.partition = record.partition();
            said.offset = record.offset();
            said.timestamp = record.timestamp();
            said.key = record.key();
            said.value = record.value();
            said.error = e.toString();
            long stamp = record.timestamp() < 0 ? Long.MIN_VALUE : record.timestamp();
            sideOutput.output(corrupt.tag(), said, stamp);
        }
    }

    /** Holds what one record of Kafka has. */
    private static final class Kept<T> implements Collector<T> {
        private final List<T> records = new ArrayList<>();

        @Override
        public void collect(T record) {
            records.add(record);
        }

        @Override
        public void close() {}
    }
}
