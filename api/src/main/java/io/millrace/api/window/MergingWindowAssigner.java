package io.millrace.api.window;

import java.util.Collection;

/**
 * An assigner whose windows may become one.
 *
 * @param <T> the records
 * @param <W> the windows
 */
public abstract class MergingWindowAssigner<T, W extends Window> extends WindowAssigner<T, W> {
    private static final long serialVersionUID = 1L;

    /** Says which of the windows of a key become one. */
    public abstract void mergeWindows(Collection<W> windows, MergeCallback<W> callback);

    /**
     * Is told of windows that become one.
     *
     * @param <W> the windows
     */
    public interface MergeCallback<W> {
        /**
         * @param toBeMerged at least two
         * @param mergeResult the one that they become
         */
        void merge(Collection<W> toBeMerged, W mergeResult);
    }
}
