package io.millrace.api.async;

import java.util.Collection;

/**
 * Where the results of one record go. Only the first completion counts. Thread-safe.
 *
 * @param <OUT> records out
 */
public interface ResultFuture<OUT> {
    /**
     * @param result the records to emit, perhaps none; not to be changed afterwards
     */
    void complete(Collection<OUT> result);

    /** Fails the job, or lets the function try again if it has a retry strategy. */
    void completeExceptionally(Throwable error);

    /**
     * @param supplier called on the task's thread; what it throws is as {@link
     *     #completeExceptionally}
     */
    void complete(CollectionSupplier<OUT> supplier);
}
