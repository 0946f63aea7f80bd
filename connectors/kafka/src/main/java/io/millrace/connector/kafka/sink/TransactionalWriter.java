package io.millrace.connector.kafka.sink;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.RecoveryClaimMode;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.function.TaskInfo;
import io.millrace.api.metric.Gauge;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.RichWriterInitContext;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes records into transactions, one for each checkpoint that has any. Confined to the task.
 *
 * <p>A transaction begins with its first record, so that a checkpoint without records has none.
 */
final class TransactionalWriter<IN>
        implements CommittingSinkWriter<IN, KafkaCommittable>,
                StatefulSinkWriter<IN, KafkaWriterState> {
    private final KafkaSinkSettings<IN> settings;
    private final String servers; // looked up once, not for each record
    private final TransactionIds ids;
    private final Admin admin;
    private final TransactionalProducers producers;
    private final SinkWriterMetricGroup metrics;
    private final ProducerMetrics ofProducer;
    private RecordSerialization<IN> serialization;

    // Those of the transaction that is open; null if none is.
    private Acknowledgements acknowledgements;
    private WrittenRecords written;

    private TransactionalWriter(
            KafkaSinkSettings<IN> settings,
            TransactionIds ids,
            Admin admin,
            TransactionalProducers producers,
            SinkWriterMetricGroup metrics) {
        this.settings = settings;
        this.servers = settings.servers();
        this.ids = ids;
        this.admin = admin;
        this.producers = producers;
        this.metrics = metrics;
        this.ofProducer = ProducerMetrics.of(settings, metrics);
    }

    /** For a job that is new. */
    static <IN> TransactionalWriter<IN> open(
            KafkaSinkSettings<IN> settings, WriterInitContext context) throws IOException {
        return open(settings, context, List.of());
    }

    /**
     * Aborts what earlier attempts have left: whatever was to be committed is committed.
     *
     * @param restored of a job that this one has been started from, or this one itself
     */
    static <IN> TransactionalWriter<IN> open(
            KafkaSinkSettings<IN> settings,
            WriterInitContext context,
            Collection<KafkaWriterState> restored)
            throws IOException {
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
                        int aborted =
                                OpenTransactions.abort(
                                        admin,
                                        settings.servers(),
                                        leftBehind(ids, context, restored));
                        FaultPoint.TRANSACTIONS_LEFT_ABORTED.hit();
                        context.metricGroup().counter("transactionsAborted").inc(aborted);
                        return open(settings, context, ids, admin);
                    } catch (IOException | RuntimeException | InterruptedException e) {
                        admin.close(Duration.ZERO);
                        throw e;
                    }
                });
    }

    /**
     * Ids of earlier attempts of the same job, and of a job whose checkpoint this one has claimed.
     * One that was only started from may still run.
     */
    private static Predicate<String> leftBehind(
            TransactionIds ids, WriterInitContext context, Collection<KafkaWriterState> restored) {
        TaskInfo task = context.getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        int parallelism = task.getNumberOfParallelSubtasks();
        Predicate<String> own = id -> ids.isLeftBehind(id, subtask, parallelism);
        boolean claims =
                context instanceof RichWriterInitContext known
                        && known.config().get(CheckpointOptions.CLAIM_MODE)
                                == RecoveryClaimMode.CLAIM;
        Set<String> claimed =
                restored.stream()
                        .map(KafkaWriterState::operatorScope)
                        .filter(scope -> claims && !scope.equals(ids.operatorScope()))
                        .collect(Collectors.toSet());
        return own.or(id -> claimed.stream().anyMatch(id::startsWith));
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
                new TransactionalWriter<>(settings, ids, admin, producers, metrics);
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
            ofProducer.show(producer);
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
        acknowledgements.check(servers);
        try {
            producer.send(made, acknowledgements);
        } catch (KafkaException e) {
            throw SinkErrors.of(e, "write to topic '" + made.topic() + "'", servers);
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
            throw SinkErrors.of(e, "write records", servers);
        }
        acknowledgements.check(servers);
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
        FaultPoint.TRANSACTION_FLUSHED.hit();
        KafkaCommittable prepared = producers.prepare(ranges);
        FaultPoint.TRANSACTION_PREPARED.hit();
        written = null;
        acknowledgements = null;
        return List.of(prepared);
    }

    /** Where a job that starts from this checkpoint finds what this one has left open. */
    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) {
        return List.of(new KafkaWriterState(ids.operatorScope()));
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
