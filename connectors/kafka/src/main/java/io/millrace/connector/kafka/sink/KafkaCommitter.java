package io.millrace.connector.kafka.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.sink.Committer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits prepared transactions. Confined to whoever commits; waits for the brokers.
 *
 * <p>A coordinator that is asked again says so. One that refuses is not believed either way: what
 * has become of the transaction is read from the coordinator's entry, and, where that is about
 * something else by now, from the partitions themselves. So a transaction counts as committed or as
 * lost only if that is proven; one that is lost ends the job, with all places where its records are
 * missing.
 */
final class KafkaCommitter implements Committer<KafkaCommittable> {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCommitter.class);

    private final KafkaSinkSettings<?> settings;
    private final OrphanedTransactions orphans;
    // Of one call: transactions that may be committed already, behind others that are open.
    private final Set<String> heldUp = new HashSet<>();
    private TransactionCoordinators coordinators; // null until the first request
    private Admin admin; // null until something has to be proven
    private KafkaConsumer<byte[], byte[]> reader; // null until partitions are looked at

    /** While tasks run. */
    KafkaCommitter(KafkaSinkSettings<?> settings) {
        this(settings, OrphanedTransactions.NONE);
    }

    KafkaCommitter(KafkaSinkSettings<?> settings, OrphanedTransactions orphans) {
        this.settings = settings;
        this.orphans = orphans;
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
            throws InterruptedException {
        List<CommitRequest<KafkaCommittable>> aborted = new ArrayList<>();
        List<CommitRequest<KafkaCommittable>> unproven = new ArrayList<>();
        Set<String> undecided = new HashSet<>();
        heldUp.clear();
        for (CommitRequest<KafkaCommittable> request : requests) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted between two transactions");
            }
            switch (commit(request)) {
                case COMMITTED -> {} // it has been told
                case OPEN -> {
                    undecided.add(request.getCommittable().transactionalId());
                    request.retryLater();
                }
                case ABORTED -> aborted.add(request);
                case UNKNOWN -> unproven.add(request);
            }
        }
        lost(aborted, "were aborted by the brokers before they could be committed");
        lost(unproven, "are gone, and nothing shows any more whether they were committed");
        if (orphans.areKnown() && !heldUp.isEmpty()) {
            undecided.removeAll(heldUp);
            OpenTransactions.abort(admin, settings.servers(), orphans.beside(heldUp, undecided));
        }
    }

    /** One of the four, where OPEN stands for what has to be tried again. */
    private TransactionFate commit(CommitRequest<KafkaCommittable> request)
            throws InterruptedException {
        KafkaCommittable transaction = request.getCommittable();
        try {
            if (coordinators == null) {
                coordinators = TransactionCoordinators.of(settings);
            }
            FaultPoint.TRANSACTION_BEFORE_COMMIT.hit();
            Errors answer = coordinators.commit(transaction);
            if (answer == Errors.NONE) {
                FaultPoint.TRANSACTION_COMMITTED.hit();
                return TransactionFate.COMMITTED;
            }
            if (answer.exception() instanceof RetriableException) {
                LOG.debug("A commit is tried again. answer={} {}", answer, transaction);
                return TransactionFate.OPEN;
            }
            LOG.info(
                    "A commit was refused. answer={} id={} producer={} epoch={} retries={}",
                    answer,
                    transaction.transactionalId(),
                    transaction.producerId(),
                    transaction.producerEpoch(),
                    request.getNumberOfRetries());
            TransactionFate fate = find(transaction);
            if (fate == TransactionFate.COMMITTED) {
                request.signalAlreadyCommitted();
            } else if (fate == TransactionFate.OPEN && isFinal(answer)) {
                request.signalFailedWithUnknownReason(answer.exception());
                return TransactionFate.COMMITTED; // it has been told
            }
            return fate;
        } catch (IOException e) {
            LOG.debug("A commit was not answered. {}", transaction, e);
            return TransactionFate.OPEN;
        } catch (KafkaException e) {
            if (SinkErrors.isRetriable(e)) {
                return TransactionFate.OPEN;
            }
            request.signalFailedWithUnknownReason(
                    SinkErrors.of(
                            e,
                            "commit transaction " + transaction.transactionalId(),
                            settings.servers()));
            return TransactionFate.COMMITTED; // it has been told
        }
    }

    /** Refusals that say nothing about the transaction and will not go away by themselves soon. */
    private static boolean isFinal(Errors answer) {
        return answer == Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
                || answer == Errors.CLUSTER_AUTHORIZATION_FAILED
                || answer == Errors.UNSUPPORTED_VERSION;
    }

    private TransactionFate find(KafkaCommittable transaction) throws InterruptedException {
        if (admin == null) {
            admin = Clients.admin(settings, "sink-committer");
        }
        String id = transaction.transactionalId();
        try {
            TransactionDescription entry =
                    admin.describeTransactions(Set.of(id)).description(id).get();
            TransactionFate fate =
                    TransactionFate.of(
                            entry, transaction.producerId(), transaction.producerEpoch());
            LOG.info("A transaction's entry: id={} fate={} entry={}", id, fate, entry);
            if (fate != TransactionFate.UNKNOWN) {
                return fate;
            }
        } catch (ExecutionException e) {
            if (SinkErrors.isRetriable(e)) {
                return TransactionFate.OPEN;
            }
            if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                throw SinkErrors.of(e, "describe transaction " + id, settings.servers());
            }
        }
        if (reader == null) {
            reader = reader(settings);
        }
        TransactionFate fate =
                new WrittenRecordsProof(reader, admin, settings.servers())
                        .of(transaction.written());
        LOG.info("A transaction's records: id={} fate={}", id, fate);
        if (fate == TransactionFate.OPEN) {
            heldUp.add(id); // what its id has open is another one
        }
        return fate;
    }

    private static KafkaConsumer<byte[], byte[]> reader(KafkaSinkSettings<?> settings) {
        Properties properties = settings.admin("sink-proof");
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Tells of all of them at once: the job ends with the first that it hears of. */
    private static void lost(List<CommitRequest<KafkaCommittable>> requests, String what) {
        if (requests.isEmpty()) {
            return;
        }
        List<WrittenRange> ranges = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (CommitRequest<KafkaCommittable> request : requests) {
            KafkaCommittable transaction = request.getCommittable();
            ids.add(transaction.transactionalId());
            ranges.addAll(transaction.written());
            for (WrittenRange range : transaction.written()) {
                LOG.error(
                        "Records are lost. transaction={} producer={} epoch={} prepared={}"
                                + " timeout_ms={} topic={} partition={} first={} last={} records={}",
                        transaction.transactionalId(),
                        transaction.producerId(),
                        transaction.producerEpoch(),
                        java.time.Instant.ofEpochMilli(transaction.preparedMs()),
                        transaction.timeoutMs(),
                        range.topic(),
                        range.partition(),
                        range.first(),
                        range.last(),
                        range.records());
            }
        }
        KafkaCommittable eldest = requests.get(0).getCommittable();
        MillraceException error =
                new MillraceException(
                        ErrorCode.DATA_LOSS,
                        requests.size()
                                + " prepared transactions of Kafka "
                                + what
                                + ": "
                                + WrittenRange.records(ranges)
                                + " records in "
                                + WrittenRange.listed(ranges)
                                + ". Transactions "
                                + ids
                                + ", the first prepared at "
                                + java.time.Instant.ofEpochMilli(eldest.preparedMs())
                                + " with a time-out of "
                                + eldest.timeoutMs()
                                + " ms. If the job was down for longer than that, raise"
                                + " transaction.timeout.ms; see docs/connectors/kafka.md on what"
                                + " to do about the records");
        requests.forEach(request -> request.signalFailedWithKnownReason(error));
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        if (coordinators != null) {
            coordinators.close();
        }
    }
}
