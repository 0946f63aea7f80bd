package io.millrace.runtime.exchange.stored;

import io.millrace.runtime.plan.ResultId;

/** Brings ranges of results from worker to worker. Thread-safe. */
public interface ResultTransport {
    /** Serves these to other workers from now on. */
    void serve(ResultFiles files);

    /**
     * Asks another worker for a slice, which must not be empty.
     *
     * @param windowBytes that may be on their way and wait here
     * @param onBytes run after a poll that gave null when there are bytes, or the result is lost
     */
    RangeBytes open(StoredExchange.Input input, long windowBytes, Runnable onBytes);

    /** For workers that nobody else reaches. */
    static ResultTransport none() {
        return new ResultTransport() {
            @Override
            public void serve(ResultFiles files) {
                // Nobody asks.
            }

            @Override
            public RangeBytes open(StoredExchange.Input input, long windowBytes, Runnable onBytes) {
                ResultId id = input.id();
                throw new ResultLostException(
                        id,
                        "result "
                                + id
                                + " is at worker "
                                + input.worker().workerId()
                                + ", and this worker has no connection to others.",
                        null);
            }
        };
    }
}
