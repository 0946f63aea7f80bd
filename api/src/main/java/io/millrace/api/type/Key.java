package io.millrace.api.type;

/**
 * A value that may be a key.
 *
 * @deprecated any type with equality and a stable hash may be a key
 */
@Deprecated
@SuppressWarnings("ComparableType") // as older programs know it
public interface Key<T> extends Value, Comparable<T> {
    @Override
    int hashCode();

    @Override
    boolean equals(Object obj);
}
