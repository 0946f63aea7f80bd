package io.millrace.connector.kafka.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.connector.kafka.KafkaErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the partitions of one reader, on a thread of its own, which has the client to itself. The
 * methods named for orders only post and belong to the task; all else is confined to the thread.
 */
/* Polls as long as the queue takes polls, and not for a moment longer: what the task has no time for
 * stays with the brokers. An order wakes a poll that waits for records. */
final class FetchLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FetchLoop.class);

    /** An order or records end it; what is left is to see whether the brokers are there. */
    private static final Duration POLL_WAIT = Duration.ofSeconds(5);

    /** While the answer to a commit is awaited, which a poll takes and does not end for. */
    private static final Duration ANSWER_WAIT = Duration.ofMillis(100);

    private static final long COMMIT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    /** An order and the end may each wake the client. */
    private static final int OWED_ATTEMPTS = 3;

    private final KafkaSourceSettings settings;
    private final Supplier<Consumer<byte[], byte[]>> clients;
    private final java.util.function.Consumer<Consumer<byte[], byte[]>> onOpen;
    private final FetchQueue queue;

    /** Of the partitions that end. */
    private final Map<TopicPartition, Long> stops = new HashMap<>();

    private final Set<TopicPartition> partitions = new HashSet<>();
    private ConnectionWatch connection;
    private int commitsAwaited;

    /** What was to be committed last, until it is answered: older offsets are not tried again. */
    private Owed owed;

    /** A commit and who is told of its answer. No two are equal. */
    private static final class Owed {
        private final Map<TopicPartition, OffsetAndMetadata> offsets;
        private final OffsetCommitCallback done;
        private final long deadlineNanos;

        Owed(
                Map<TopicPartition, OffsetAndMetadata> offsets,
                OffsetCommitCallback done,
                long deadlineNanos) {
            this.offsets = offsets;
            this.done = done;
            this.deadlineNanos = deadlineNanos;
        }
    }

    // Written by the thread when it begins, read by the task, which only wakes it.
    private volatile Consumer<byte[], byte[]> client;

    /**
     * @param clients makes the client, on the thread
     * @param onOpen is shown the client once, on the thread
     */
    FetchLoop(
            KafkaSourceSettings settings,
            Supplier<Consumer<byte[], byte[]>> clients,
            java.util.function.Consumer<Consumer<byte[], byte[]>> onOpen,
            FetchQueue queue) {
        this.settings = settings;
        this.clients = clients;
        this.onOpen = onOpen;
        this.queue = queue;
    }

    void orderAdd(List<KafkaPartitionSplit> splits) {
        order(() -> add(splits));
    }

    void orderRemove(TopicPartition partition) {
        order(
                () -> {
                    if (partitions.remove(partition)) {
                        stops.remove(partition);
                        assign();
                    }
                });
    }

    void orderPause(Collection<TopicPartition> pause, Collection<TopicPartition> resume) {
        order(
                () -> {
                    client.pause(present(pause));
                    client.resume(present(resume));
                });
    }

    /**
     * @param done called on the thread
     */
    void orderCommit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback done) {
        order(
                () -> {
                    owed = new Owed(offsets, done, System.nanoTime() + COMMIT_NANOS);
                    FaultPoint.OFFSETS_BEFORE_COMMIT.hit();
                    commit(owed);
                });
    }

    private void commit(Owed what) {
        commitsAwaited++;
        client.commitAsync(
                what.offsets,
                (committed, e) -> {
                    commitsAwaited--;
                    boolean again =
                            e instanceof RetriableCommitFailedException
                                    && owed == what
                                    && System.nanoTime() - what.deadlineNanos < 0;
                    if (!again) {
                        answered(what, e);
                    } else if (!queue.isClosed()) {
                        queue.order(() -> commit(what));
                    } // else it is tried once more before the client closes
                });
    }

    private void answered(Owed what, Exception failure) {
        if (owed == what) {
            owed = null;
        }
        if (failure == null) {
            FaultPoint.OFFSETS_COMMITTED.hit();
        }
        what.done.onComplete(what.offsets, failure);
    }

    /** The last word before the client closes: nobody comes after it who would say it. */
    private void commitOwed() {
        Owed last = owed;
        for (int attempt = 0; last != null && owed == last && attempt < OWED_ATTEMPTS; attempt++) {
            try {
                client.commitSync(last.offsets, CLOSE_WAIT);
                if (owed == last) { // else the answer to what was sent before has come
                    answered(last, null);
                }
            } catch (WakeupException e) {
                // that of an order or of the end; what it woke for is done
            } catch (KafkaException e) {
                if (owed == last) {
                    answered(last, e);
                }
            }
        }
    }

    private void order(Runnable order) {
        queue.order(order);
        wake();
    }

    /** Ends the thread soon. */
    void close() {
        queue.close();
        wake();
    }

    private void wake() {
        Consumer<byte[], byte[]> polling = client;
        if (polling != null) {
            polling.wakeup();
        }
    }

    @Override
    public void run() {
        try (Consumer<byte[], byte[]> opened = clients.get()) {
            client = opened;
            connection = new ConnectionWatch(opened, settings.brokers());
            onOpen.accept(opened);
            while (true) {
                Runnable order = queue.nextOrder(partitions.isEmpty() && commitsAwaited == 0);
                if (order != null) {
                    order.run(); // those that were given before the end, too
                } else if (queue.isClosed()) {
                    break;
                } else {
                    fetch();
                }
            }
            commitOwed();
            opened.close(CloseOptions.timeout(CLOSE_WAIT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            queue.fail(KafkaErrors.of(e, "read " + partitions, settings.brokers()));
        } catch (Throwable e) { // the top of this thread: the task throws it
            queue.fail(KafkaErrors.of(e, "read " + partitions, settings.brokers()));
        }
    }

    private void add(List<KafkaPartitionSplit> splits) {
        for (KafkaPartitionSplit split : splits) {
            partitions.add(split.getTopicPartition());
            split.getStoppingOffset().ifPresent(stop -> stops.put(split.getTopicPartition(), stop));
        }
        assign();
        for (KafkaPartitionSplit split : splits) {
            client.seek(split.getTopicPartition(), split.getStartingOffset());
            client.resume(List.of(split.getTopicPartition())); // if it was the last one
        }
    }

    /** A client takes answers to commits only if it has a partition: the last one it keeps. */
    private void assign() {
        if (partitions.isEmpty()) {
            client.pause(client.assignment());
        } else {
            client.assign(partitions);
        }
    }

    private List<TopicPartition> present(Collection<TopicPartition> wanted) {
        return wanted.stream().filter(partitions::contains).toList();
    }

    private void fetch() {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = client.poll(commitsAwaited > 0 ? ANSWER_WAIT : POLL_WAIT);
        } catch (WakeupException e) {
            return; // for an order
        } catch (OffsetOutOfRangeException e) {
            onOutOfRange(e.offsetOutOfRangePartitions());
            return;
        }
        connection.onPoll(records.isEmpty() && commitsAwaited == 0);
        List<FetchedPartition> fetched = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> own = records.records(partition);
            long next = position(partition, own.get(own.size() - 1).offset() + 1);
            long lag = client.currentLag(partition).orElse(0);
            fetched.add(new FetchedPartition(partition, own, next, next + lag));
        }
        addEnded(records, fetched);
        if (!fetched.isEmpty()) {
            queue.put(fetched);
        }
    }

    /** Those that have come to their end over markers of transactions alone. */
    private void addEnded(ConsumerRecords<byte[], byte[]> records, List<FetchedPartition> fetched) {
        for (Map.Entry<TopicPartition, Long> stop : List.copyOf(stops.entrySet())) {
            TopicPartition partition = stop.getKey();
            long position = position(partition, -1);
            if (position >= stop.getValue()) {
                stops.remove(partition); // said once
                client.pause(List.of(partition));
                if (!records.partitions().contains(partition)) {
                    fetched.add(new FetchedPartition(partition, List.of(), position, position));
                }
            }
        }
    }

    private long position(TopicPartition partition, long otherwise) {
        try {
            return Math.max(otherwise, client.position(partition, Duration.ZERO));
        } catch (TimeoutException | WakeupException e) {
            return otherwise; // being checked with the brokers; or an order waits, which is seen
            // next
        }
    }

    private void onOutOfRange(Map<TopicPartition, Long> wanted) {
        Map<TopicPartition, Long> first;
        Map<TopicPartition, Long> end;
        try {
            first = client.beginningOffsets(wanted.keySet());
            end = client.endOffsets(wanted.keySet());
        } catch (WakeupException | TimeoutException e) {
            return; // the next poll meets the same offset
        }
        OffsetResetStrategy strategy = settings.resetStrategy();
        wanted.forEach(
                (partition, offset) -> {
                    if (strategy == OffsetResetStrategy.NONE) {
                        throw outOfRange(partition, offset, first, end);
                    }
                    long reset =
                            strategy == OffsetResetStrategy.EARLIEST
                                    ? first.get(partition)
                                    : end.get(partition);
                    LOG.warn(
                            "An offset is not there; reading goes on elsewhere. partition={}"
                                    + " offset={} earliest={} end={} now={} strategy={}",
                            partition,
                            offset,
                            first.get(partition),
                            end.get(partition),
                            reset,
                            strategy);
                    client.seek(partition, reset);
                });
    }

    private MillraceException outOfRange(
            TopicPartition partition,
            long offset,
            Map<TopicPartition, Long> first,
            Map<TopicPartition, Long> end) {
        return new MillraceException(
                ErrorCode.OFFSET_OUT_OF_RANGE,
                "partition "
                        + partition.partition()
                        + " of topic "
                        + partition.topic()
                        + " at "
                        + settings.brokers()
                        + " has no offset "
                        + offset
                        + ": it has "
                        + first.get(partition)
                        + " up to "
                        + end.get(partition)
                        + ". Records that are deleted before they are read need a longer"
                        + " retention.ms of the topic; a reset strategy (EARLIEST, LATEST) of the"
                        + " starting offsets goes on without them.");
    }
}
