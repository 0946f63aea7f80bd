package io.millrace.connector.kafka.sink;

import java.io.Serializable;

/** Chooses the partition of a record. Confined to the task. */
@FunctionalInterface
public interface KafkaPartitioner<T> extends Serializable {
    /** Called once, before the first record. */
    default void open(int parallelInstanceId, int parallelInstances) {}

    /**
     * @param key null if there is none
     * @param value null for a tombstone
     * @param partitions of the topic, at least one, in order
     * @return one of them
     */
    int partition(T record, byte[] key, byte[] value, String targetTopic, int[] partitions);
}
