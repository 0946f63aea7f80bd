package io.millrace.api.function;

/**
 * Chooses the channel for a key.
 *
 * @param <K> the keys
 */
@FunctionalInterface
public interface Partitioner<K> extends Function {
    /** A number from 0 to {@code numPartitions - 1}. */
    int partition(K key, int numPartitions);
}
