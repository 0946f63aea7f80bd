package io.millrace.api.source.ratelimit;

import io.millrace.api.source.SourceSplit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Permits everything. Stateless. */
public class NoOpRateLimiter<SplitT extends SourceSplit> implements RateLimiter<SplitT> {
    @Override
    public CompletionStage<Void> acquire(int numberOfEvents) {
        return CompletableFuture.completedFuture(null);
    }
}
