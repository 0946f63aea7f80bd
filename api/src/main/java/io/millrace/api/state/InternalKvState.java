package io.millrace.api.state;

/**
 * A state that a program's own operator has by key and by a namespace of its own, such as a window.
 * Confined to the task.
 *
 * @param <K> the type of the keys
 * @param <N> the type of the namespaces
 * @param <V> the type of what the state holds
 */
public interface InternalKvState<K, N, V> extends State {
    /**
     * All calls that follow are about this namespace of the key that is current then.
     *
     * @param namespace not null
     */
    void setCurrentNamespace(N namespace);
}
