package io.millrace.connector.kafka.sink;

/** Chooses the partition of a record; a class to extend. Confined to the task. */
public abstract class FlinkKafkaPartitioner<T> implements KafkaPartitioner<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public void open(int parallelInstanceId, int parallelInstances) {}

    @Override
    public abstract int partition(
            T record, byte[] key, byte[] value, String targetTopic, int[] partitions);
}
