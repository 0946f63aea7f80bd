package io.millrace.connector.kafka.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.connector.kafka.KafkaErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the partitions, says where each begins and ends, and gives each to the one reader that it
 * belongs to. Confined to the enumerator's thread, but for {@link #look}, which runs beside it.
 */
/* The first look is made in start(), on the enumerator's own thread: a snapshot queues behind it, so
 * that the first checkpoint has the numbers that `latest` meant. Partitions that are found later
 * begin with their first record, whatever the source began with: what was written between two looks
 * belongs to the source. */
final class KafkaSourceEnumerator
        implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSourceEnumerator.class);

    /** A topic that is named must be missing so often in a row: brokers learn of topics late. */
    private static final int MISSING_LOOKS = 3;

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final KafkaSourceSettings settings;

    /** Written by this thread, read by {@link #look} beside it: what is found anew. */
    private final Set<TopicPartition> known = ConcurrentHashMap.newKeySet();

    private final Set<TopicPartition> assigned = new HashSet<>();
    private final TreeMap<String, KafkaPartitionSplit> pending = new TreeMap<>();
    private final Map<String, Uuid> topicIds = new HashMap<>();
    private final Set<TopicPartition> gone = new HashSet<>();
    private boolean discovered;
    private int missingLooks;

    /** Null before the start. Thread-safe. */
    private AdminClient admin;

    KafkaSourceEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            KafkaSourceSettings settings,
            KafkaSourceEnumState state) {
        this.context = context;
        this.settings = settings;
        this.discovered = state.discovered();
        assigned.addAll(state.assigned());
        state.pending().forEach(split -> pending.put(split.splitId(), split));
        topicIds.putAll(state.topicIds());
        known.addAll(assigned);
        state.pending().forEach(split -> known.add(split.getTopicPartition()));
    }

    /** What a look has found. */
    private record Found(Topics topics, List<KafkaPartitionSplit> added) {}

    @Override
    public void start() {
        try {
            admin = AdminClient.create(settings.adminProperties());
            // Read by reporters at any time: a number that may be a moment old.
            context.metricGroup().setUnassignedSplitsGauge(() -> (long) pending.size());
        } catch (RuntimeException e) {
            throw KafkaErrors.of(e, "connect", brokers());
        }
        boolean restored = discovered;
        if (restored) {
            // Beside this thread: readers go on by themselves meanwhile.
            Set<String> topics = Set.copyOf(topicIds.keySet());
            context.callAsync(() -> Topics.describe(admin, topics).ids(), this::onIds);
        } else {
            lookFirst();
        }
        long intervalMs = settings.discoveryIntervalMs();
        if (intervalMs > 0) {
            context.callAsync(
                    () -> look(settings.startAndStop().fromTheFirstRecord()),
                    this::onLooked,
                    restored ? 0 : intervalMs,
                    intervalMs);
        }
    }

    private void lookFirst() {
        try {
            onFound(look(settings.startAndStop()));
        } catch (RuntimeException e) {
            throw KafkaErrors.of(e, "find what to read, " + settings.subscriber(), brokers());
        }
        discovered = true;
    }

    private void onIds(Map<String, Uuid> ids, Throwable failure) {
        if (failure == null) {
            checkIds(ids);
        } else if (KafkaErrors.isUnknownTopic(failure)) {
            throw KafkaErrors.of(failure, "go on with " + settings.subscriber(), brokers());
        }
    }

    private Found look(StartAndStop bounds) {
        Set<TopicPartition> partitions = settings.subscriber().getSubscribedTopicPartitions(admin);
        Set<String> names = new TreeSet<>();
        partitions.forEach(partition -> names.add(partition.topic()));
        Topics topics = new Topics(partitions, Topics.describe(admin, names).ids());
        List<TopicPartition> added = new ArrayList<>(partitions);
        added.removeIf(known::contains);
        return new Found(topics, bounds.splits(added, settings.offsets(admin)));
    }

    private void onLooked(Found found, Throwable failure) {
        if (failure == null) {
            missingLooks = 0;
            onFound(found);
            return;
        }
        missingLooks = KafkaErrors.isUnknownTopic(failure) ? missingLooks + 1 : 0;
        if (missingLooks >= MISSING_LOOKS || isFinal(failure)) {
            throw KafkaErrors.of(failure, "go on with " + settings.subscriber(), brokers());
        }
        LOG.warn(
                "Partitions were not looked for; reading goes on, and the next look is in {} ms."
                        + " brokers={} error={}",
                settings.discoveryIntervalMs(),
                brokers(),
                KafkaErrors.unwrapped(failure).toString());
    }

    private static boolean isFinal(Throwable failure) {
        ErrorCode code = KafkaErrors.of(failure, "", "").code();
        return code == ErrorCode.PERMISSION_DENIED || code == ErrorCode.AUTHENTICATION_FAILED;
    }

    private void onFound(Found found) {
        checkIds(found.topics().ids());
        warnOfGone(found.topics().partitions());
        for (KafkaPartitionSplit split : found.added()) {
            if (known.add(split.getTopicPartition())) {
                pending.put(split.splitId(), split);
            }
        }
        if (!found.added().isEmpty()) {
            LOG.info(
                    "Found partitions. count={} known={} first={}",
                    found.added().size(),
                    known.size(),
                    found.added().get(0));
            FaultPoint.SPLITS_FOUND.hit();
        }
        assignPending();
    }

    /** A topic that was made anew has other records at the same offsets. */
    private void checkIds(Map<String, Uuid> now) {
        now.forEach(
                (topic, id) -> {
                    Uuid before = topicIds.putIfAbsent(topic, id);
                    if (before != null && !before.equals(id)) {
                        throw new MillraceException(
                                ErrorCode.TOPIC_NOT_FOUND,
                                "topic "
                                        + topic
                                        + " at "
                                        + brokers()
                                        + " was deleted and made anew (its id was "
                                        + before
                                        + " and is "
                                        + id
                                        + "): the offsets that this job has reached mean nothing"
                                        + " there. Start the job without its checkpoint, or give"
                                        + " the source another uid.");
                    }
                });
    }

    private void warnOfGone(Set<TopicPartition> now) {
        Set<TopicPartition> missing = new HashSet<>(known);
        missing.removeAll(now);
        if (!missing.equals(gone)) {
            gone.clear();
            gone.addAll(missing);
            if (!gone.isEmpty()) {
                LOG.warn(
                        "Partitions are not among those to read any more; their readers keep them."
                                + " partitions={}",
                        new TreeSet<>(gone.stream().map(TopicPartition::toString).toList()));
            }
        }
    }

    private void assignPending() {
        Set<Integer> readers = context.registeredReaders().keySet();
        boolean handedOut = false;
        for (KafkaPartitionSplit split : List.copyOf(pending.values())) {
            int owner = owner(split.getTopicPartition(), context.currentParallelism());
            if (readers.contains(owner)) {
                pending.remove(split.splitId());
                assigned.add(split.getTopicPartition());
                context.assignSplit(split, owner);
                handedOut = true;
            }
        }
        if (handedOut) {
            FaultPoint.SPLITS_HANDED_OUT.hit();
        }
    }

    /** Partitions of a topic go round, and topics begin at different readers. */
    static int owner(TopicPartition partition, int parallelism) {
        int first = (partition.topic().hashCode() * 31 & Integer.MAX_VALUE) % parallelism;
        return (first + partition.partition()) % parallelism;
    }

    @Override
    public void addReader(int subtaskId) {
        assignPending();
        if (settings.boundedness() == Boundedness.BOUNDED) {
            context.signalNoMoreSplits(subtaskId);
        }
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        // Partitions are given out when they are found; readers do not ask.
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtaskId) {
        for (KafkaPartitionSplit split : splits) {
            assigned.remove(split.getTopicPartition());
            pending.put(split.splitId(), split);
        }
        assignPending();
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) {
        Collection<KafkaPartitionSplit> waiting = pending.values();
        return new KafkaSourceEnumState(discovered, assigned, waiting, topicIds);
    }

    private String brokers() {
        return settings.brokers();
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(CLOSE_WAIT);
        }
    }
}
