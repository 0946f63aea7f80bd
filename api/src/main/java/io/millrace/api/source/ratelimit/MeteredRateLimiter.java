package io.millrace.api.source.ratelimit;

import io.millrace.api.source.SourceSplit;
import java.util.concurrent.CompletableFuture;

/**
 * A limiter that knows how many records are permitted now, so that a reader can emit that many
 * without a future for each. Confined to its task.
 */
interface MeteredRateLimiter<SplitT extends SourceSplit> extends RateLimiter<SplitT> {
    /**
     * Takes permits that are there already.
     *
     * @return from 0 to {@code wanted}
     */
    int take(int wanted);

    /**
     * Completes, on any thread, when there may be a permit to take; new after each {@code take}.
     */
    CompletableFuture<Void> whenPermitted();
}
