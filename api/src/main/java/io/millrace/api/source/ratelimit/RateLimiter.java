package io.millrace.api.source.ratelimit;

import io.millrace.api.source.SourceSplit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Permits records. An own one implements one of the two {@code acquire}; the other follows. Called
 * by one task only.
 */
public interface RateLimiter<SplitT extends SourceSplit> {
    /** Completes, on any thread, when one more record may be emitted. */
    default CompletionStage<Void> acquire() {
        requireOneImplemented();
        return acquire(1);
    }

    /**
     * Completes, on any thread, when so many more records may be emitted. The default acquires one
     * after the other.
     *
     * @param numberOfEvents at least 1
     */
    default CompletionStage<Void> acquire(int numberOfEvents) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (int i = 0; i < numberOfEvents; i++) {
            all = all.thenCompose(nothing -> acquire());
        }
        return all;
    }

    private void requireOneImplemented() {
        try {
            if (getClass().getMethod("acquire", int.class).getDeclaringClass()
                    == RateLimiter.class) {
                throw new UnsupportedOperationException(
                        getClass().getName()
                                + " permits nothing: a rate limiter implements acquire() or"
                                + " acquire(int).");
            }
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A checkpoint of the job is complete. */
    default void notifyCheckpointComplete(long checkpointId) {}

    /** The reader was given a split. */
    default void notifyAddingSplit(SplitT split) {}
}
