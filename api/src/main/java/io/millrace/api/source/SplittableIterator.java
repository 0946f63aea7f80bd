package io.millrace.api.source;

import java.io.Serializable;
import java.util.Iterator;

/** An iterator that can be cut into parts, each to be read by a subtask of its own. */
public abstract class SplittableIterator<T> implements Iterator<T>, Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Cuts what is left into parts; this iterator is not used afterwards.
     *
     * @param numPartitions at least 1
     * @return as many iterators as there are to be parts; some may be empty
     */
    public abstract Iterator<T>[] split(int numPartitions);

    /**
     * One of the parts that {@link #split} makes.
     *
     * @param num from 0
     */
    public Iterator<T> getSplit(int num, int numPartitions) {
        if (numPartitions < 1 || num < 0 || num >= numPartitions) {
            throw new IllegalArgumentException(
                    "There is no part " + num + " of " + numPartitions + " parts.");
        }
        return split(numPartitions)[num];
    }

    /** More parts than this make no sense: the others would be empty. */
    public abstract int getMaximumNumberOfSplits();
}
