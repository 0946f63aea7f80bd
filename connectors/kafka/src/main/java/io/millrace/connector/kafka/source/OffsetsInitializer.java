package io.millrace.connector.kafka.source;

import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Says at which offsets partitions begin or end. Asked once, on the thread of the enumerator, for
 * the partitions that are there when the source first starts; what it says becomes part of the
 * first checkpoint. Immutable.
 */
public interface OffsetsInitializer extends Serializable {
    /**
     * @return by partition an offset, or one of the markers of {@link KafkaPartitionSplit}
     */
    Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions,
            PartitionOffsetsRetriever partitionOffsetsRetriever);

    /** Where a reader goes on if the offset that it is at is not there. */
    OffsetResetStrategy getAutoOffsetResetStrategy();

    /** What the brokers know. Each call asks them. */
    interface PartitionOffsetsRetriever {
        /** Those of the source's group, as far as it has any. */
        Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions);

        /**
         * Behind the last record; with {@code isolation.level=read_committed} behind the last one
         * in front of the first open transaction.
         */
        Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions);

        Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions);

        /**
         * The first records of or behind a time.
         *
         * @param timestampsToSearch in milliseconds since the epoch
         * @return without the partitions that have no such record
         */
        Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> timestampsToSearch);
    }

    /** What the group has committed; a partition without is an error. */
    static OffsetsInitializer committedOffsets() {
        return committedOffsets(OffsetResetStrategy.NONE);
    }

    /** What the group has committed, and for partitions without what the strategy says. */
    static OffsetsInitializer committedOffsets(OffsetResetStrategy offsetResetStrategy) {
        return new CommittedOffsets(offsetResetStrategy);
    }

    /**
     * The first record of or behind a time; the end where there is none.
     *
     * @param timestamp in milliseconds since the epoch
     */
    static OffsetsInitializer timestamp(long timestamp) {
        return new TimestampOffsets(timestamp);
    }

    static OffsetsInitializer earliest() {
        return new EdgeOffsets(OffsetResetStrategy.EARLIEST);
    }

    /** Behind the last record that is there when the source starts for the first time. */
    static OffsetsInitializer latest() {
        return new EdgeOffsets(OffsetResetStrategy.LATEST);
    }

    /** These, and for other partitions what the group has committed, else the first record. */
    static OffsetsInitializer offsets(Map<TopicPartition, Long> offsets) {
        return offsets(offsets, OffsetResetStrategy.EARLIEST);
    }

    /** These, and for other partitions what the group has committed, else as the strategy says. */
    static OffsetsInitializer offsets(
            Map<TopicPartition, Long> offsets, OffsetResetStrategy offsetResetStrategy) {
        return new GivenOffsets(offsets, offsetResetStrategy);
    }
}
