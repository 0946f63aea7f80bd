package io.millrace.connector.kafka.source;

import io.millrace.api.metric.Counter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the group is told once a checkpoint is complete. Confined to the task, but for the answer of
 * the brokers, which only counts.
 */
final class OffsetCommits {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);

    private final boolean enabled;
    private final String groupId;
    private final Counter succeeded;
    private final Counter failed;
    private final TreeMap<Long, Map<TopicPartition, Long>> byCheckpoint = new TreeMap<>();

    /** Partitions that were read to their end, until a checkpoint with them is complete. */
    private final Map<TopicPartition, Long> finished = new HashMap<>();

    OffsetCommits(boolean enabled, String groupId, Counter succeeded, Counter failed) {
        this.enabled = enabled;
        this.groupId = groupId;
        this.succeeded = succeeded;
        this.failed = failed;
    }

    void onFinished(TopicPartition partition, long offset) {
        if (enabled) {
            finished.put(partition, offset);
        }
    }

    void onSnapshot(long checkpointId, Map<TopicPartition, Long> positions) {
        if (enabled) {
            Map<TopicPartition, Long> all = new HashMap<>(positions);
            all.putAll(finished);
            byCheckpoint.put(checkpointId, all);
        }
    }

    void onAborted(long checkpointId) {
        byCheckpoint.remove(checkpointId);
    }

    /**
     * @param onCommitted is told what the brokers have taken, by the fetching thread
     */
    void onComplete(
            long checkpointId,
            FetchLoop fetching,
            Consumer<Map<TopicPartition, Long>> onCommitted) {
        Map<TopicPartition, Long> offsets = byCheckpoint.get(checkpointId);
        byCheckpoint.headMap(checkpointId, true).clear();
        if (offsets == null || offsets.isEmpty()) {
            return;
        }
        // One that was read on to its end since then is still to be told.
        finished.entrySet().removeAll(offsets.entrySet());
        Map<TopicPartition, OffsetAndMetadata> toCommit = new HashMap<>();
        offsets.forEach(
                (partition, offset) -> toCommit.put(partition, new OffsetAndMetadata(offset)));
        fetching.orderCommit(
                toCommit,
                (committed, e) -> {
                    if (e == null) {
                        succeeded.inc();
                        onCommitted.accept(offsets);
                    } else {
                        failed.inc();
                        LOG.warn(
                                "Offsets were not committed; the checkpoint has them, and the next"
                                        + " one commits again. group={} checkpoint={} error={}",
                                groupId,
                                checkpointId,
                                e.toString());
                    }
                });
    }
}
