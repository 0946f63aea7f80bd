package io.millrace.coordinator.resource;

import io.millrace.runtime.message.FailureReport;

/**
 * Gets workers from a cluster and gives them back. Thread-safe: the methods only post. A worker
 * shows itself by registering with the coordinator.
 */
public interface ResourceDriver extends AutoCloseable {
    /** What the driver tells; called on its own thread, must not wait. */
    interface Listener {
        /**
         * A worker's container ended, whatever the reason; the text names exit code and
         * diagnostics.
         */
        void onWorkerEnded(String workerId, String reason);

        /** The workers will not come: too large, no such queue, refused for too long. */
        void onRefused(FailureReport failure);
    }

    void start(Listener listener, WorkerSpec spec);

    /** The number of workers that should exist; ended ones are replaced until then. */
    void want(int workers);

    void release(String workerId, String reason);

    /** Gives everything back. */
    @Override
    void close();
}
