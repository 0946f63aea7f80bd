package io.millrace.connector.kafka.sink;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.metric.Counter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producers of one subtask, each with one transaction at a time. Confined to the task; waits
 * for the brokers.
 *
 * <p>A producer whose transaction is prepared may not be used: somebody else commits it. It can be
 * used again when the coordinator's entry says that it is committed. Then the producer's own commit
 * is a repetition, which the coordinator answers with the epoch of the next transaction. That is so
 * only where each transaction has an epoch of its own; elsewhere the same epoch would come again,
 * and a commit that comes late would end the wrong transaction, so producers are used once.
 *
 * <p>Closing a producer at once, with a time-out of 0, leaves its transaction as it is; closing it
 * with patience aborts it.
 */
final class TransactionalProducers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalProducers.class);

    private static final String TRANSACTION_VERSION = "transaction.version";

    /** The version since which each transaction has an epoch of its own. */
    private static final short EPOCH_PER_TRANSACTION = 2;

    /** How many producers wait for their commit to be used again; what is more is closed. */
    private static final int MOST_WAITING = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaSinkSettings<?> settings;
    private final TransactionIds ids;
    private final Admin admin;
    private final Counter committed;
    private final LongSupplier clockMs;
    private final boolean epochPerTransaction;

    /** Producers whose last transaction is committed. */
    private final Deque<Slot> ready = new ArrayDeque<>();

    /** Producers whose transaction is prepared, by id, in the order of checkpoints. */
    private final Map<String, Prepared> prepared = new LinkedHashMap<>();

    private Slot current; // null between a barrier and the next record
    private long numbers;

    // Written by the task, read by the reporter of metrics.
    private volatile int open;

    /** A producer and its id. */
    private static final class Slot {
        private final String id;
        private final KafkaProducer<byte[], byte[]> producer;

        /** Of the transaction before; -1 if there was none. */
        private long lastProducerId = -1;

        private short lastEpoch = -1;

        Slot(String id, KafkaProducer<byte[], byte[]> producer) {
            this.id = id;
            this.producer = producer;
        }
    }

    private record Prepared(Slot slot, KafkaCommittable committable) {}

    private TransactionalProducers(
            KafkaSinkSettings<?> settings,
            TransactionIds ids,
            Admin admin,
            boolean epochPerTransaction,
            Counter committed,
            LongSupplier clockMs) {
        this.settings = settings;
        this.ids = ids;
        this.admin = admin;
        this.epochPerTransaction = epochPerTransaction;
        this.committed = committed;
        this.clockMs = clockMs;
    }

    /**
     * Asks the brokers how they number transactions.
     *
     * @param admin stays the caller's
     */
    static TransactionalProducers open(
            KafkaSinkSettings<?> settings,
            TransactionIds ids,
            Admin admin,
            Counter committed,
            LongSupplier clockMs)
            throws InterruptedException {
        try {
            FinalizedVersionRange version =
                    admin.describeFeatures()
                            .featureMetadata()
                            .get()
                            .finalizedFeatures()
                            .get(TRANSACTION_VERSION);
            boolean own = version != null && version.maxVersionLevel() >= EPOCH_PER_TRANSACTION;
            return new TransactionalProducers(settings, ids, admin, own, committed, clockMs);
        } catch (ExecutionException e) {
            throw SinkErrors.of(e, "ask for the features", settings.servers());
        }
    }

    /** The producer of the transaction that is open; begins one if none is. */
    KafkaProducer<byte[], byte[]> current() throws InterruptedException {
        if (current == null) {
            current = begin();
            count();
        }
        return current.producer;
    }

    /** Those that are not known to be committed. May be called by any thread. */
    int openTransactions() {
        return open;
    }

    private void count() {
        open = prepared.size() + (current == null ? 0 : 1);
    }

    private Slot begin() throws InterruptedException {
        Slot slot = ready.poll();
        if (slot != null && !isRenewed(slot)) {
            slot.producer.close(Duration.ZERO);
            slot = null;
        }
        if (slot == null) {
            slot = create();
        }
        try {
            slot.producer.beginTransaction();
            return slot;
        } catch (KafkaException e) {
            slot.producer.close(Duration.ZERO);
            throw SinkErrors.of(e, "begin transaction " + slot.id, settings.servers());
        }
    }

    /** Repeats the commit, which gives the producer the epoch of its next transaction. */
    private boolean isRenewed(Slot slot) throws InterruptedException {
        try {
            slot.producer.commitTransaction();
            return true;
        } catch (KafkaException e) {
            RuntimeException failed =
                    SinkErrors.of(
                            e, "use transaction id " + slot.id + " again", settings.servers());
            LOG.debug("A producer is not used again. id={}", slot.id, failed);
            return false;
        }
    }

    private Slot create() throws InterruptedException {
        String id = ids.numbered(numbers++);
        KafkaProducer<byte[], byte[]> producer = null;
        try {
            producer =
                    new KafkaProducer<>(
                            settings.producer(id, "producer-" + id),
                            new ByteArraySerializer(),
                            new ByteArraySerializer());
            producer.initTransactions();
            return new Slot(id, producer);
        } catch (KafkaException e) {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
            throw SinkErrors.of(e, "begin transaction " + id, settings.servers());
        }
    }

    /**
     * Prepares the open transaction: what the coordinator says of it goes into the checkpoint.
     *
     * @param written where all its records are, not empty; all are acknowledged
     * @throws MillraceException if it is open no more, so that it could never be committed
     */
    KafkaCommittable prepare(List<WrittenRange> written) throws InterruptedException {
        Set<String> asked = new HashSet<>(prepared.keySet());
        asked.add(current.id);
        Map<String, TransactionDescription> entries = describe(asked);
        prepared.values().stream()
                .filter(each -> isCommitted(each, entries))
                .toList()
                .forEach(this::onCommitted);
        prepared.values().forEach(each -> requireNotAborted(each, entries));
        KafkaCommittable committable = committable(entries.get(current.id), written);
        prepared.put(current.id, new Prepared(current, committable));
        current = null;
        limitWaiting();
        count();
        return committable;
    }

    private KafkaCommittable committable(TransactionDescription entry, List<WrittenRange> written) {
        if (entry == null || entry.state() != TransactionState.ONGOING) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "transaction "
                            + current.id
                            + " with "
                            + WrittenRange.records(written)
                            + " records is "
                            + (entry == null
                                    ? "unknown to the brokers"
                                    : "in state " + entry.state())
                            + " before its checkpoint was taken; nobody has seen its records, and"
                            + " they are written again. Its time-out is "
                            + settings.transactionTimeoutMs()
                            + " ms (transaction.timeout.ms): checkpoints must come sooner, or"
                            + " another attempt has taken over.");
        }
        short epoch = (short) entry.producerEpoch();
        if (entry.producerId() == current.lastProducerId && epoch == current.lastEpoch) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "transaction "
                            + current.id
                            + " has the epoch "
                            + epoch
                            + " of the one before it: the brokers' transaction.version was lowered"
                            + " while the job ran. The job starts again and asks for it.");
        }
        requireAllIn(entry, written);
        current.lastProducerId = entry.producerId();
        current.lastEpoch = epoch;
        return new KafkaCommittable(
                current.id,
                entry.producerId(),
                epoch,
                epochPerTransaction,
                clockMs.getAsLong(),
                entry.transactionTimeoutMs(),
                written);
    }

    /** A partition that the coordinator does not know would never be committed. */
    private void requireAllIn(TransactionDescription entry, List<WrittenRange> written) {
        for (WrittenRange range : written) {
            if (!entry.topicPartitions()
                    .contains(new TopicPartition(range.topic(), range.partition()))) {
                throw new MillraceException(
                        ErrorCode.STORAGE_FAILED,
                        "the coordinator of transaction "
                                + current.id
                                + " does not know that it has written to "
                                + range
                                + ". The job goes back and writes again.");
            }
        }
    }

    private boolean isCommitted(Prepared each, Map<String, TransactionDescription> entries) {
        TransactionDescription entry = entries.get(each.slot.id);
        return entry != null
                && entry.state() == TransactionState.COMPLETE_COMMIT
                && TransactionFate.of(
                                entry,
                                each.committable.producerId(),
                                each.committable.producerEpoch())
                        == TransactionFate.COMMITTED;
    }

    /**
     * One that was prepared for a checkpoint that was given up goes into the next one. If it has
     * been aborted meanwhile, that checkpoint would promise what is gone; without it nothing is
     * lost.
     */
    private static void requireNotAborted(
            Prepared each, Map<String, TransactionDescription> entries) {
        TransactionDescription entry = entries.get(each.slot.id);
        KafkaCommittable waiting = each.committable;
        if (entry != null
                && TransactionFate.of(entry, waiting.producerId(), waiting.producerEpoch())
                        == TransactionFate.ABORTED) {
            throw new MillraceException(
                    ErrorCode.STORAGE_FAILED,
                    "transaction "
                            + each.slot.id
                            + " with "
                            + WrittenRange.records(waiting.written())
                            + " records was aborted by the brokers before it was committed; its"
                            + " time-out is "
                            + waiting.timeoutMs()
                            + " ms (transaction.timeout.ms). The job goes back to its last complete"
                            + " checkpoint and writes them again, unless that has promised them.");
        }
    }

    private void onCommitted(Prepared each) {
        prepared.remove(each.slot.id);
        committed.inc();
        if (isReusing()) {
            ready.add(each.slot);
        } else {
            each.slot.producer.close(Duration.ZERO);
        }
    }

    private boolean isReusing() {
        return epochPerTransaction && settings.naming() == TransactionNamingStrategy.POOLING;
    }

    /** Where commits do not come, producers must not pile up; the transactions stay. */
    private void limitWaiting() {
        while (prepared.size() > MOST_WAITING) {
            Prepared eldest = prepared.values().iterator().next();
            prepared.remove(eldest.slot.id);
            eldest.slot.producer.close(Duration.ZERO);
        }
    }

    private Map<String, TransactionDescription> describe(Collection<String> asked)
            throws InterruptedException {
        DescribeTransactionsResult result = admin.describeTransactions(asked);
        Map<String, TransactionDescription> entries = new HashMap<>();
        for (String id : asked) {
            try {
                entries.put(id, result.description(id).get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                    throw SinkErrors.of(e, "describe transaction " + id, settings.servers());
                }
            }
        }
        return entries;
    }

    /**
     * Aborts the transaction that is open, and leaves those that are prepared. Safe to call twice.
     */
    @Override
    public void close() {
        List<Slot> done = new ArrayList<>(ready);
        prepared.values().forEach(each -> done.add(each.slot));
        ready.clear();
        prepared.clear();
        Slot unfinished = current;
        current = null;
        count();
        done.forEach(each -> each.producer.close(Duration.ZERO));
        if (unfinished != null) {
            unfinished.producer.close(PATIENCE);
        }
    }
}
