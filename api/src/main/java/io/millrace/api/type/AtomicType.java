package io.millrace.api.type;

import io.millrace.api.serialization.TypeComparator;
import io.millrace.api.stream.ExecutionConfig;

/**
 * A type whose values are compared as a whole.
 *
 * @param <T> the type
 */
public interface AtomicType<T> {
    /**
     * A comparator of its values.
     *
     * @param sortOrderAscending false for the opposite order
     * @param executionConfig may be null
     */
    TypeComparator<T> createComparator(boolean sortOrderAscending, ExecutionConfig executionConfig);
}
