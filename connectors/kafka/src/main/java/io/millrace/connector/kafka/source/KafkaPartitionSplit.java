package io.millrace.connector.kafka.source;

import io.millrace.api.source.SourceSplit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A partition, from where to read it, and up to where. Immutable. */
public class KafkaPartitionSplit implements SourceSplit {
    /** No end. */
    public static final long NO_STOPPING_OFFSET = Long.MIN_VALUE;

    /** In what an {@link OffsetsInitializer} gives: behind the last record. */
    public static final long LATEST_OFFSET = -1;

    /** In what an {@link OffsetsInitializer} gives: the first record that there is. */
    public static final long EARLIEST_OFFSET = -2;

    /** In what an {@link OffsetsInitializer} gives: the one that the group has committed. */
    public static final long COMMITTED_OFFSET = -3;

    /** What may stand for a number in what an {@link OffsetsInitializer} gives. */
    public static final Set<Long> VALID_STARTING_OFFSET_MARKERS =
            Set.of(EARLIEST_OFFSET, LATEST_OFFSET, COMMITTED_OFFSET);

    /** The same for ends. */
    public static final Set<Long> VALID_STOPPING_OFFSET_MARKERS =
            Set.of(LATEST_OFFSET, COMMITTED_OFFSET, NO_STOPPING_OFFSET);

    private final TopicPartition tp;
    private final long startingOffset;
    private final long stoppingOffset;

    public KafkaPartitionSplit(TopicPartition tp, long startingOffset) {
        this(tp, startingOffset, NO_STOPPING_OFFSET);
    }

    /**
     * @param startingOffset of the first record to read
     * @param stoppingOffset of the first record that is not read, or {@link #NO_STOPPING_OFFSET}
     */
    public KafkaPartitionSplit(TopicPartition tp, long startingOffset, long stoppingOffset) {
        this.tp = Objects.requireNonNull(tp);
        if (startingOffset < 0 && !VALID_STARTING_OFFSET_MARKERS.contains(startingOffset)) {
            throw new IllegalArgumentException(
                    "The starting offset of " + tp + " is " + startingOffset + ".");
        }
        if (stoppingOffset < 0 && !VALID_STOPPING_OFFSET_MARKERS.contains(stoppingOffset)) {
            throw new IllegalArgumentException(
                    "The stopping offset of " + tp + " is " + stoppingOffset + ".");
        }
        this.startingOffset = startingOffset;
        this.stoppingOffset = stoppingOffset;
    }

    public String getTopic() {
        return tp.topic();
    }

    public int getPartition() {
        return tp.partition();
    }

    public TopicPartition getTopicPartition() {
        return tp;
    }

    public long getStartingOffset() {
        return startingOffset;
    }

    /** Empty if the partition has no end. */
    public Optional<Long> getStoppingOffset() {
        return stoppingOffset == NO_STOPPING_OFFSET
                ? Optional.empty()
                : Optional.of(stoppingOffset);
    }

    /** As {@link #getStoppingOffset}, or {@link #NO_STOPPING_OFFSET}. */
    long stoppingOffset() {
        return stoppingOffset;
    }

    /** The rest, from {@code offset} on. */
    KafkaPartitionSplit from(long offset) {
        return new KafkaPartitionSplit(tp, offset, stoppingOffset);
    }

    @Override
    public String splitId() {
        return toSplitId(tp);
    }

    public static String toSplitId(TopicPartition tp) {
        return tp.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KafkaPartitionSplit that
                && tp.equals(that.tp)
                && startingOffset == that.startingOffset
                && stoppingOffset == that.stoppingOffset;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tp, startingOffset, stoppingOffset);
    }

    @Override
    public String toString() {
        return tp
                + " from "
                + startingOffset
                + (stoppingOffset == NO_STOPPING_OFFSET ? "" : " to " + stoppingOffset);
    }
}
