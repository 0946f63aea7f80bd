package io.millrace.state.api.writer;

import io.millrace.api.function.Partitioner;
import io.millrace.runtime.plan.KeyGroups;

/** Deals keys out as the new savepoint's key groups are dealt out. Immutable. */
public final class KeyGroupPartitioner<K> implements Partitioner<K> {
    private static final long serialVersionUID = 1L;

    private final int maxParallelism;

    /**
     * @param maxParallelism the number of key groups
     */
    public KeyGroupPartitioner(int maxParallelism) {
        this.maxParallelism = maxParallelism;
    }

    @Override
    public int partition(K key, int numPartitions) {
        int group = KeyGroups.group(KeyGroups.hash(key), maxParallelism);
        return KeyGroups.subtask(group, numPartitions, maxParallelism);
    }
}
