package io.millrace.connector.kafka.sink;

import io.millrace.api.graph.Preflight;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.sink.RichCommitterInitContext;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.StatefulSinkWriter;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.SupportsWriterState;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.IOException;
import java.util.Collection;
import org.apache.kafka.clients.admin.Admin;

/**
 * Writes records to topics of Kafka. With exactly-once, records become visible to readers of
 * committed records when the checkpoint that has them is complete. Immutable.
 *
 * <p>Guarantees, limits and what to do when something goes wrong: {@code docs/connectors/kafka.md}.
 */
public final class KafkaSink<IN>
        implements Sink<IN>,
                SupportsCommitter<KafkaCommittable>,
                SupportsWriterState<IN, KafkaWriterState>,
                Preflight {
    private static final long serialVersionUID = 1L;

    private final KafkaSinkSettings<IN> settings;

    KafkaSink(KafkaSinkSettings<IN> settings) {
        this.settings = settings;
    }

    public static <IN> KafkaSinkBuilder<IN> builder() {
        return new KafkaSinkBuilder<>();
    }

    @Override
    public SinkWriter<IN> createWriter(WriterInitContext context) throws IOException {
        return isTransactional()
                ? TransactionalWriter.open(settings, context)
                : KafkaWriter.open(settings, context);
    }

    /** Also aborts what the job whose checkpoint was claimed has left open. */
    @Override
    public StatefulSinkWriter<IN, KafkaWriterState> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> recoveredState)
            throws IOException {
        return isTransactional()
                ? TransactionalWriter.open(settings, context, recoveredState)
                : KafkaWriter.open(settings, context);
    }

    @Override
    public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
        return new KafkaWriterState.Serializer();
    }

    @Override
    public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
        boolean beforeTasks =
                context instanceof RichCommitterInitContext known && known.isBeforeTasks();
        return new KafkaCommitter(
                settings,
                beforeTasks
                        ? OrphanedTransactions.of(
                                settings.transactionalIdPrefix(), context.getJobInfo().getJobId())
                        : OrphanedTransactions.NONE);
    }

    @Override
    public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
        return new KafkaCommittable.Serializer();
    }

    /** Asks the brokers for their limits. Changes nothing. */
    @Override
    public void preflight() throws InterruptedException {
        if (!isTransactional()) {
            return;
        }
        try (Admin admin = Clients.admin(settings, "sink-preflight")) {
            TransactionLimits.check(settings, admin);
        }
    }

    @Override
    public void preflight(ExecutionMode mode, Config config) throws InterruptedException {
        if (isTransactional()) {
            TransactionLimits.check(settings, mode, config);
        }
        preflight();
    }

    private boolean isTransactional() {
        return settings.guarantee() == DeliveryGuarantee.EXACTLY_ONCE;
    }
}
