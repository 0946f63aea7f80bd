package io.millrace.connector.kafka.sink;

/** A schema that wants to know where it runs. Told before the first record. */
public interface KafkaContextAware<T> {
    default void setParallelInstanceId(int parallelInstanceId) {}

    default void setNumParallelInstances(int numParallelInstances) {}

    /** Called before each record: the partitions of its topic. */
    default void setPartitions(int[] partitions) {}

    /** The topic whose partitions it wants to know. */
    String getTargetTopic(T element);
}
