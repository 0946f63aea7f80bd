package io.millrace.connector.kafka.source;

import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.graph.Preflight;
import io.millrace.api.serialization.SchemaContext;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.kafka.KafkaErrors;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of Kafka's topics. A partition is a split; positions are part of checkpoints, so that
 * each record takes part in the job's state exactly once. Immutable.
 *
 * <p>The offsets at which a bounded split begins and ends are found once, by the enumerator: a
 * second attempt of a slow subtask reads the same records.
 */
public class KafkaSource<OUT>
        implements Source<OUT, KafkaPartitionSplit, KafkaSourceEnumState>,
                ResultTypeQueryable<OUT>,
                Preflight,
                SupportsConcurrentExecutionAttempts {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

    /** So long the program waits for brokers that only the cluster may reach. */
    private static final String PREFLIGHT_MS = "5000";

    private final KafkaSourceSettings settings;
    private final KafkaRecordDeserializationSchema<OUT> schema;
    private final CorruptRecords corrupt;

    /** Null if nobody knows where brokers and readers stand. */
    private final SerializableSupplier<String> rackIdSupplier;

    KafkaSource(
            KafkaSourceSettings settings,
            KafkaRecordDeserializationSchema<OUT> schema,
            CorruptRecords corrupt,
            SerializableSupplier<String> rackIdSupplier) {
        this.settings = settings;
        this.schema = schema;
        this.corrupt = corrupt;
        this.rackIdSupplier = rackIdSupplier;
    }

    public static <OUT> KafkaSourceBuilder<OUT> builder() {
        return new KafkaSourceBuilder<>();
    }

    @Override
    public Boundedness getBoundedness() {
        return settings.boundedness();
    }

    @Override
    public TypeInformation<OUT> getProducedType() {
        return schema.getProducedType();
    }

    /** For tests. */
    KafkaSourceSettings settings() {
        return settings;
    }

    /**
     * Refuses topics that are missing or not to be read. Brokers that cannot be reached from here
     * are left to the job: the cluster may reach them.
     */
    @Override
    public void preflight() {
        Properties patience = settings.adminProperties();
        patience.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PREFLIGHT_MS);
        patience.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PREFLIGHT_MS);
        try (AdminClient admin = AdminClient.create(patience)) {
            settings.subscriber().getSubscribedTopicPartitions(admin);
        } catch (RuntimeException e) {
            if (!KafkaErrors.isTransient(e)) {
                throw KafkaErrors.of(e, "read " + settings.subscriber(), settings.brokers());
            }
            LOG.warn(
                    "The brokers do not answer here within {} ms; the job will try. brokers={}"
                            + " error={}",
                    PREFLIGHT_MS,
                    settings.brokers(),
                    KafkaErrors.unwrapped(e).toString());
        }
    }

    @Override
    public SourceReader<OUT, KafkaPartitionSplit> createReader(SourceReaderContext readerContext)
            throws Exception {
        schema.open(
                new SchemaContext(
                        readerContext.metricGroup().addGroup("deserializer"),
                        readerContext.getUserCodeClassLoader()));
        ReaderMetrics metrics = new ReaderMetrics(readerContext.metricGroup());
        FetchQueue queue = new FetchQueue();
        int subtask = readerContext.getIndexOfSubtask();
        String rack = rackIdSupplier == null ? null : rackIdSupplier.get();
        FetchLoop fetching =
                new FetchLoop(
                        settings,
                        () ->
                                new KafkaConsumer<>(
                                        settings.consumerProperties(subtask, rack),
                                        new ByteArrayDeserializer(),
                                        new ByteArrayDeserializer()),
                        client -> {
                            if (settings.registersClientMetrics()) {
                                metrics.registerClient(client);
                            }
                        },
                        queue);
        Thread thread = new Thread(fetching, "kafka-fetch-" + subtask);
        thread.setDaemon(true);
        // The client makes classes by their names: interceptors, callbacks of logins.
        thread.setContextClassLoader(readerContext.getUserCodeClassLoader().asClassLoader());
        return new KafkaSourceReader<>(
                queue,
                fetching,
                thread,
                new RecordReading<>(
                        schema,
                        corrupt,
                        readerContext.metricGroup().getNumRecordsInErrorsCounter()),
                schema instanceof StreamEnd end ? end : null,
                metrics,
                new OffsetCommits(
                        settings.commitsOffsets(),
                        settings.groupId(),
                        metrics.commitsSucceeded(),
                        metrics.commitsFailed()));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> enumContext) {
        return restoreEnumerator(enumContext, KafkaSourceEnumState.empty());
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> enumContext,
            KafkaSourceEnumState checkpoint) {
        return new KafkaSourceEnumerator(enumContext, settings, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return new KafkaPartitionSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return new KafkaSourceEnumStateSerializer();
    }
}
