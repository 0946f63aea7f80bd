package io.millrace.api.sink.async;

/**
 * Decides when the next request may be sent, and how large it may be. Confined to the task of its
 * writer; each writer has one of its own, unless the sink gives all the same.
 */
public interface RateLimitingStrategy {
    /** A request goes out. */
    void registerInFlightRequest(RequestInfo requestInfo);

    /** A request has been answered, or has taken too long. */
    void registerCompletedRequest(ResultInfo resultInfo);

    /**
     * Whether a request must wait. Asked again when something has been answered; with nothing under
     * way it must let a request of at most {@link #getMaxBatchSize} entries pass at some time.
     */
    boolean shouldBlock(RequestInfo requestInfo);

    /** How many entries the next request may have; at least 1. */
    int getMaxBatchSize();
}
