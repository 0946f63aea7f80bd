package io.millrace.api.function;

import java.io.Serializable;

/** Finds the range that a value lies in, for a program's own {@link Partitioner} by ranges. */
public interface RangeBoundaries<T> extends Serializable {
    /** From 0. */
    int getRangeIndex(T record);
}
