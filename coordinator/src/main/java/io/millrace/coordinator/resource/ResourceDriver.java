package io.millrace.coordinator.resource;

import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.NodeService;
import java.util.List;

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

        /**
         * The shuffle service of a worker's node serves what the worker will write, also when it
         * has ended. Told before its end, perhaps before its registration; not at all where there
         * is no such service.
         */
        void onNodeServes(String workerId, NodeService service);

        /** A node is lost with all that was on its disks. */
        void onNodeLost(String node);

        /** The workers will not come: too large, no such queue, refused for too long. */
        void onRefused(FailureReport failure);
    }

    void start(Listener listener, WorkerSpec spec);

    /** The number of workers that should exist; ended ones are replaced until then. */
    void want(int workers);

    /**
     * As {@link #want(int)}.
     *
     * @param near hosts on which those that do not exist yet had best be, the best first; empty if
     *     it makes no difference. A wish: workers elsewhere are as welcome if there is no room
     */
    default void want(int workers, List<String> near) {
        want(workers);
    }

    void release(String workerId, String reason);

    /**
     * Of the workers of earlier leaders, these may come back: those of them that still exist count
     * as existing from now on, and {@code onWorkerEnded} is told of the others; all that are not
     * named go, as all do if it is not called before the first {@link #want}. A driver whose
     * workers end with their leader has nothing to do: they are waited for in vain.
     */
    default void keep(List<String> workerIds) {}

    /**
     * New workers should not be on the nodes of these hosts, as far as that can be had; replaces
     * what was said before. A driver without nodes to choose from has nothing to do.
     */
    default void avoid(List<BlockedNode> nodes) {}

    /** Gives everything back. */
    @Override
    void close();
}
