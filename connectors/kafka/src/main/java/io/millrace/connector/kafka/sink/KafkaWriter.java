package io.millrace.connector.kafka.sink;

import io.millrace.api.function.TaskInfo;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.WriterInitContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records that are visible at once, with one producer. Confined to the task. */
final class KafkaWriter<IN> implements StatefulSinkWriter<IN, KafkaWriterState> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaSinkSettings<IN> settings;
    private final String servers; // looked up once, not for each record
    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordSerialization<IN> serialization;
    private final Acknowledgements acknowledgements;

    private KafkaWriter(
            KafkaSinkSettings<IN> settings,
            KafkaProducer<byte[], byte[]> producer,
            RecordSerialization<IN> serialization,
            Acknowledgements acknowledgements) {
        this.settings = settings;
        this.servers = settings.servers();
        this.producer = producer;
        this.serialization = serialization;
        this.acknowledgements = acknowledgements;
    }

    static <IN> KafkaWriter<IN> open(KafkaSinkSettings<IN> settings, WriterInitContext context)
            throws IOException {
        TaskInfo task = context.getTaskInfo();
        KafkaProducer<byte[], byte[]> producer = create(settings, task);
        try {
            ProducerMetrics.of(settings, context.metricGroup()).show(producer);
            SinkTopics topics =
                    new SinkTopics(
                            task.getIndexOfThisSubtask(),
                            task.getNumberOfParallelSubtasks(),
                            () -> producer,
                            settings.servers());
            return new KafkaWriter<>(
                    settings,
                    producer,
                    RecordSerialization.open(settings.schema(), topics, context),
                    new Acknowledgements(
                            context.metricGroup().getNumRecordsSendErrorsCounter(),
                            null,
                            settings.logsFailuresOnly()));
        } catch (IOException | RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static KafkaProducer<byte[], byte[]> create(
            KafkaSinkSettings<?> settings, TaskInfo task) throws IOException {
        try {
            return new KafkaProducer<>(
                    settings.producer(
                            null, task.getTaskName() + "-" + task.getIndexOfThisSubtask()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        } catch (KafkaException e) {
            throw Interrupts.wrapped(() -> SinkErrors.of(e, "make a producer", settings.servers()));
        }
    }

    @Override
    public void write(IN element, Context context) throws IOException, InterruptedException {
        acknowledgements.check(servers);
        ProducerRecord<byte[], byte[]> made = serialization.serialize(element, context);
        if (made != null) {
            try {
                producer.send(made, acknowledgements);
            } catch (KafkaException e) {
                throw SinkErrors.of(e, "write to topic '" + made.topic() + "'", servers);
            }
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (settings.guarantee() != DeliveryGuarantee.NONE || endOfInput) {
            try {
                producer.flush();
            } catch (KafkaException e) {
                throw SinkErrors.of(e, "write records", servers);
            }
        }
        acknowledgements.check(servers);
    }

    /** Nothing: all is written. */
    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
    }
}
