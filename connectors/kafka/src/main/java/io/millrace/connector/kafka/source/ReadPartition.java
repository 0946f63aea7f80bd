package io.millrace.connector.kafka.source;

import io.millrace.api.function.Collector;
import io.millrace.api.source.SourceOutput;
import org.apache.kafka.common.TopicPartition;

/**
 * A partition that a reader reads: where it is, and where its records go. Confined to the task; its
 * numbers are also read by reporters, at any time and without order.
 */
final class ReadPartition<T> implements Collector<T> {
    private final KafkaPartitionSplit split;
    private final long stop;
    private final String splitId;

    /** Null before the first read. */
    private SourceOutput<T> output;

    private long position;
    private long endOffset = -1;
    private long committed = -1;

    /** Of the record of Kafka that is being read. */
    private long timestampMs;

    /** Whether the chain behind the source is at work, whose errors are its own. */
    private boolean emitting;

    ReadPartition(KafkaPartitionSplit split) {
        this.split = split;
        this.splitId = split.splitId();
        this.position = split.getStartingOffset();
        this.stop =
                split.stoppingOffset() == KafkaPartitionSplit.NO_STOPPING_OFFSET
                        ? Long.MAX_VALUE
                        : split.stoppingOffset();
    }

    TopicPartition partition() {
        return split.getTopicPartition();
    }

    String splitId() {
        return splitId;
    }

    boolean hasOutput() {
        return output != null;
    }

    void open(SourceOutput<T> to) {
        output = to;
    }

    /** Of the next record. */
    long position() {
        return position;
    }

    void moveTo(long offset) {
        position = offset;
    }

    /** The first offset that is not read. */
    long stop() {
        return stop;
    }

    boolean isAtEnd() {
        return position >= stop;
    }

    KafkaPartitionSplit snapshot() {
        return split.from(position);
    }

    void onEndOffset(long offset) {
        endOffset = Math.max(endOffset, offset);
    }

    /** Records that are known to be left; zero as long as nothing is known. */
    long lag() {
        return Math.max(0, endOffset - position);
    }

    void onCommitted(long offset) {
        committed = offset;
    }

    /** -1 before the first. */
    long committed() {
        return committed;
    }

    /**
     * The next record comes.
     *
     * @param timestamp negative if Kafka has none
     */
    void begin(long timestamp) {
        timestampMs = timestamp;
    }

    boolean isEmitting() {
        return emitting;
    }

    @Override
    public void collect(T record) {
        emitting = true;
        if (timestampMs >= 0) {
            output.collect(record, timestampMs);
        } else {
            output.collect(record);
        }
        emitting = false;
    }

    @Override
    public void close() {}
}
