package io.millrace.connector.kafka.sink;

import io.millrace.api.function.TaskInfo;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.RichWriterInitContext;
import io.millrace.api.sink.WriterInitContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes records into transactions, one for each checkpoint that has any. Confined to the task.
 *
 * <p>A transaction begins with its first record, so that a checkpoint without records has none.
 */
final class TransactionalWriter<IN> implements CommittingSinkWriter<IN, KafkaCommittable> {
    private final KafkaSinkSettings<IN> settings;
    private final Admin admin;
    private final TransactionalProducers producers;
    private final SinkWriterMetricGroup metrics;
    private final SendTime sendTime = new SendTime();
    private RecordSerialization<IN> serialization;

    // Those of the transaction that is open; null if none is.
    private Acknowledgements acknowledgements;
    private WrittenRecords written;

    private TransactionalWriter(
            KafkaSinkSettings<IN> settings,
            Admin admin,
            TransactionalProducers producers,
            SinkWriterMetricGroup metrics) {
        this.settings = settings;
        this.admin = admin;
        this.producers = producers;
        this.metrics = metrics;
    }

    /** Aborts what earlier attempts have left: whatever was to be committed is committed. */
    static <IN> TransactionalWriter<IN> open(
            KafkaSinkSettings<IN> settings, WriterInitContext context) throws IOException {
        TaskInfo task = context.getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        String operator =
                context instanceof RichWriterInitContext known
                        ? known.operatorIdentity()
                        : task.getTaskName();
        TransactionIds ids =
                TransactionIds.of(
                        settings.transactionalIdPrefix(),
                        context.getJobInfo().getJobId(),
                        operator,
                        subtask);
        return Interrupts.wrapped(
                () -> {
                    Admin admin = Clients.admin(settings, "sink-" + ids.writerScope());
                    try {
                        return open(settings, context, ids, admin);
                    } catch (IOException | RuntimeException | InterruptedException e) {
                        admin.close(Duration.ZERO);
                        throw e;
                    }
                });
    }

    private static <IN> TransactionalWriter<IN> open(
            KafkaSinkSettings<IN> settings,
            WriterInitContext context,
            TransactionIds ids,
            Admin admin)
            throws IOException, InterruptedException {
        TaskInfo task = context.getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        int parallelism = task.getNumberOfParallelSubtasks();
        SinkWriterMetricGroup metrics = context.metricGroup();
        int aborted =
                OpenTransactions.abort(
                        admin,
                        settings.servers(),
                        id -> ids.isLeftBehind(id, subtask, parallelism));
        metrics.counter("transactionsAborted").inc(aborted);
        TransactionalProducers producers =
                TransactionalProducers.open(
                        settings,
                        ids,
                        admin,
                        metrics.counter("transactionsCommitted"),
                        System::currentTimeMillis);
        Gauge<Integer> open = producers::openTransactions;
        metrics.gauge("transactionsOpen", open);
        TransactionalWriter<IN> writer =
                new TransactionalWriter<>(settings, admin, producers, metrics);
        metrics.setCurrentSendTimeGauge(writer.sendTime);
        writer.serialization =
                RecordSerialization.open(
                        settings.schema(),
                        new SinkTopics(subtask, parallelism, writer::producer, settings.servers()),
                        context);
        return writer;
    }

    private KafkaProducer<byte[], byte[]> producer() throws InterruptedException {
        KafkaProducer<byte[], byte[]> producer = producers.current();
        if (written == null) {
            written = new WrittenRecords();
            acknowledgements =
                    new Acknowledgements(metrics.getNumRecordsSendErrorsCounter(), written, false);
            sendTime.of(producer);
        }
        return producer;
    }

    @Override
    public void write(IN element, Context context) throws IOException, InterruptedException {
        ProducerRecord<byte[], byte[]> made = serialization.serialize(element, context);
        if (made == null) {
            return;
        }
        KafkaProducer<byte[], byte[]> producer = producer();
        acknowledgements.check(settings.servers());
        try {
            producer.send(made, acknowledgements);
        } catch (KafkaException e) {
            throw SinkErrors.of(e, "write to topic '" + made.topic() + "'", settings.servers());
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        if (written == null) {
            return;
        }
        try {
            producers.current().flush();
        } catch (KafkaException e) {
            throw SinkErrors.of(e, "write records", settings.servers());
        }
        acknowledgements.check(settings.servers());
    }

    @Override
    public Collection<KafkaCommittable> prepareCommit() throws InterruptedException {
        if (written == null) {
            return List.of();
        }
        List<WrittenRange> ranges = written.ranges();
        if (ranges.isEmpty()) {
            return List.of(); // begun, but the brokers do not know of it
        }
        KafkaCommittable prepared = producers.prepare(ranges);
        written = null;
        acknowledgements = null;
        return List.of(prepared);
    }

    @Override
    public void close() {
        try {
            producers.close();
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
