package io.millrace.api.state;

/**
 * Is called with a state of each key that has some.
 *
 * @param <K> the keys
 * @param <S> the state
 */
@FunctionalInterface
public interface KeyedStateFunction<K, S extends State> {
    /**
     * @param state of this key, to be read and changed
     */
    void process(K key, S state) throws Exception;
}
