package io.millrace.connector.kafka.sink;

/**
 * Each subtask writes to one partition of a topic: subtask 3 to the partition of index 3, counted
 * round again if there are fewer. With fewer subtasks than partitions, some partitions stay empty.
 */
public class FlinkFixedPartitioner<T> extends FlinkKafkaPartitioner<T> {
    private static final long serialVersionUID = 1L;

    private int subtask;

    @Override
    public void open(int parallelInstanceId, int parallelInstances) {
        if (parallelInstanceId < 0 || parallelInstances <= 0) {
            throw new IllegalArgumentException(
                    "Subtask " + parallelInstanceId + " of " + parallelInstances + " cannot be.");
        }
        this.subtask = parallelInstanceId;
    }

    @Override
    public int partition(T record, byte[] key, byte[] value, String targetTopic, int[] partitions) {
        if (partitions == null || partitions.length == 0) {
            throw new IllegalArgumentException("Topic " + targetTopic + " has no partitions.");
        }
        return partitions[subtask % partitions.length];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlinkFixedPartitioner;
    }

    @Override
    public int hashCode() {
        return FlinkFixedPartitioner.class.hashCode();
    }
}
