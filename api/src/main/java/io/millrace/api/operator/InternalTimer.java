package io.millrace.api.operator;

/** A timer that fires. */
public interface InternalTimer<K, N> {
    /** Milliseconds since the epoch, for which it was registered. */
    long getTimestamp();

    K getKey();

    /** As it was registered. */
    N getNamespace();
}
