package io.millrace.connector.kafka.sink;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What has become of a transaction, as its partitions show: whoever reads committed records only
 * sees its first record, or goes past it. A transaction is committed in all partitions or in none,
 * so that one that tells is enough. Confined to one thread; waits for the brokers.
 */
final class WrittenRecordsProof {
    private static final Duration POLL = Duration.ofMillis(500);

    /** Polls that bring nothing before the partition counts as one that does not tell. */
    private static final int MOST_EMPTY_POLLS = 60;

    private final Consumer<byte[], byte[]> reader;
    private final Admin admin;
    private final String servers;

    /**
     * @param reader of committed records only, without a group; stays the caller's
     * @param admin stays the caller's
     */
    WrittenRecordsProof(Consumer<byte[], byte[]> reader, Admin admin, String servers) {
        this.reader = reader;
        this.admin = admin;
        this.servers = servers;
    }

    TransactionFate of(List<WrittenRange> written) throws InterruptedException {
        TransactionFate fate = TransactionFate.UNKNOWN;
        for (WrittenRange range : written) {
            TransactionFate here = of(range);
            if (here == TransactionFate.COMMITTED || here == TransactionFate.ABORTED) {
                return here;
            }
            if (here == TransactionFate.OPEN) {
                fate = here;
            }
        }
        return fate;
    }

    private TransactionFate of(WrittenRange range) throws InterruptedException {
        TopicPartition partition = new TopicPartition(range.topic(), range.partition());
        Set<TopicPartition> one = Set.of(partition);
        try {
            reader.assign(one);
            long begin = reader.beginningOffsets(one).get(partition);
            long stable = reader.endOffsets(one).get(partition);
            if (begin > range.last()) {
                return TransactionFate.UNKNOWN; // deleted meanwhile
            }
            if (stable <= range.first()) {
                return TransactionFate.OPEN; // this one, or one before it
            }
            return read(partition, range, Math.max(begin, range.first()));
        } catch (UnknownTopicOrPartitionException | OffsetOutOfRangeException e) {
            return TransactionFate.UNKNOWN;
        }
    }

    /** Looks for the first and the last record, whose offsets nobody else can have. */
    private TransactionFate read(TopicPartition partition, WrittenRange range, long from)
            throws InterruptedException {
        reader.seek(partition, from);
        for (int empty = 0; empty < MOST_EMPTY_POLLS; empty++) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (record.offset() == range.first() || record.offset() == range.last()) {
                    return TransactionFate.COMMITTED;
                }
                if (record.offset() > range.last()) {
                    return absent(range, from);
                }
                empty = -1;
            }
            if (reader.position(partition) > range.last()) {
                return absent(range, from);
            }
        }
        return TransactionFate.OPEN;
    }

    /** That a record is not there says something only where records stay until they are old. */
    private TransactionFate absent(WrittenRange range, long from) throws InterruptedException {
        boolean whole = from == range.first();
        return whole && !isCompacted(range.topic())
                ? TransactionFate.ABORTED
                : TransactionFate.UNKNOWN;
    }

    private boolean isCompacted(String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Map<ConfigResource, org.apache.kafka.clients.admin.Config> found =
                    admin.describeConfigs(Set.of(resource)).all().get();
            return found.get(resource)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value()
                    .contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        } catch (ExecutionException e) {
            throw SinkErrors.of(e, "ask whether topic '" + topic + "' is compacted", servers);
        }
    }
}
