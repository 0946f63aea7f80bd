package io.millrace.api.window;

import java.io.Serializable;

/**
 * Says how long a session lasts after a record.
 *
 * @param <T> the records
 */
@FunctionalInterface
public interface SessionWindowTimeGapExtractor<T> extends Serializable {
    /** In milliseconds, at least 1. */
    long extract(T element);
}
