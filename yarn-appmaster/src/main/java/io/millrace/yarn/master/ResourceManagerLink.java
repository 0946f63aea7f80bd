package io.millrace.yarn.master;

import io.millrace.hdfs.HadoopErrors;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterResponse;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.UpdatedContainer;
import org.apache.hadoop.yarn.client.api.AMRMClient.ContainerRequest;
import org.apache.hadoop.yarn.client.api.async.AMRMClientAsync;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application master's conversation with the ResourceManager. Thread-safe. */
final class ResourceManagerLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceManagerLink.class);

    /** While containers are awaited, and in the first seconds. */
    static final int EAGER_HEARTBEAT_MS = 100;

    static final int CALM_HEARTBEAT_MS = 1_000;

    /** An unhealthy node gets no containers, but still serves what it has. */
    private static final Set<NodeState> GONE =
            EnumSet.of(
                    NodeState.LOST,
                    NodeState.DECOMMISSIONED,
                    NodeState.SHUTDOWN,
                    NodeState.REBOOTED);

    /** YARN keeps 64 KB; the first lines are what people read. */
    private static final int MAX_DIAGNOSTICS_CHARS = 30_000;

    /** Hears of containers, on a thread of Hadoop; must not wait. */
    interface ContainerListener {
        void onGranted(List<Container> containers);

        /** Containers of earlier attempts that run yet; once, at registration. */
        void onFound(List<Container> containers);

        void onEnded(List<ContainerStatus> containers);

        /** Nodes have left the cluster with all that was on their disks. */
        void onNodesLost(List<NodeId> nodes);
    }

    private final Configuration configuration;
    private final AMRMClientAsync<ContainerRequest> client;
    private final Callbacks callbacks;

    /**
     * @param progress 0 to 1
     * @param onShutdown the ResourceManager wants this process to end: another attempt has begun,
     *     or the application was killed
     * @param onError the conversation has failed for good
     */
    ResourceManagerLink(
            Configuration configuration,
            DoubleSupplier progress,
            Runnable onShutdown,
            java.util.function.Consumer<Throwable> onError) {
        this.configuration = configuration;
        this.callbacks = new Callbacks(progress, onShutdown, onError);
        this.client = AMRMClientAsync.createAMRMClientAsync(EAGER_HEARTBEAT_MS, callbacks);
    }

    void start() {
        client.init(configuration);
        client.start();
    }

    RegisterApplicationMasterResponse register(String host, String trackingUrl) {
        try {
            RegisterApplicationMasterResponse response =
                    client.registerApplicationMaster(host, -1, trackingUrl);
            if (callbacks.containers != null) { // else it is only here to say how it ended
                callbacks.containers.onFound(response.getContainersFromPreviousAttempts());
            }
            return response;
        } catch (YarnException e) {
            throw HadoopErrors.explain(new IOException(e), "register at", "the ResourceManager");
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "register at", "the ResourceManager");
        }
    }

    /** From here on containers are told to this listener; before, nobody has asked for any. */
    void listen(ContainerListener listener) {
        callbacks.containers = listener;
    }

    void ask(ContainerRequest request) {
        client.addContainerRequest(request);
        client.setHeartbeatInterval(EAGER_HEARTBEAT_MS);
    }

    /** Takes back a request, answered or not. */
    void forget(ContainerRequest request) {
        client.removeContainerRequest(request);
    }

    void nothingAwaited() {
        client.setHeartbeatInterval(CALM_HEARTBEAT_MS);
    }

    void giveBack(Container container) {
        client.releaseAssignedContainer(container.getId());
    }

    int nodesInCluster() {
        return client.getClusterNodeCount();
    }

    /**
     * @param more hosts that get no containers of ours from now on
     * @param less hosts that may get some again
     */
    void avoid(List<String> more, List<String> less) {
        if (!more.isEmpty() || !less.isEmpty()) {
            client.updateBlacklist(more, less);
        }
    }

    /** Tells how the application ended; after this YARN does not start another attempt. */
    void unregister(FinalApplicationStatus status, String diagnostics) {
        String text =
                diagnostics.length() > MAX_DIAGNOSTICS_CHARS
                        ? diagnostics.substring(0, MAX_DIAGNOSTICS_CHARS) + "\n…"
                        : diagnostics;
        try {
            client.unregisterApplicationMaster(status, text, "");
        } catch (YarnException e) {
            throw HadoopErrors.explain(new IOException(e), "unregister at", "the ResourceManager");
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "unregister at", "the ResourceManager");
        }
    }

    @Override
    public void close() {
        client.stop();
    }

    /** Called on Hadoop's callback thread, one call at a time. */
    private static final class Callbacks extends AMRMClientAsync.AbstractCallbackHandler {
        private final DoubleSupplier progress;
        private final Runnable onShutdown;
        private final java.util.function.Consumer<Throwable> onError;

        /** Written once by the assembling thread, read by Hadoop's. */
        private volatile ContainerListener containers;

        Callbacks(
                DoubleSupplier progress,
                Runnable onShutdown,
                java.util.function.Consumer<Throwable> onError) {
            this.progress = progress;
            this.onShutdown = onShutdown;
            this.onError = onError;
        }

        @Override
        public void onContainersAllocated(List<Container> granted) {
            containers.onGranted(granted);
        }

        @Override
        public void onContainersCompleted(List<ContainerStatus> ended) {
            if (containers != null) {
                containers.onEnded(ended);
            }
        }

        @Override
        public void onContainersUpdated(List<UpdatedContainer> updated) {}

        @Override
        public void onNodesUpdated(List<NodeReport> updated) {
            List<NodeId> lost =
                    updated.stream()
                            .filter(report -> GONE.contains(report.getNodeState()))
                            .map(NodeReport::getNodeId)
                            .toList();
            if (containers != null && !lost.isEmpty()) {
                containers.onNodesLost(lost);
            }
        }

        @Override
        public void onShutdownRequest() {
            LOG.warn("the ResourceManager told this application master to end");
            onShutdown.run();
        }

        @Override
        public void onError(Throwable error) {
            onError.accept(error);
        }

        @Override
        public float getProgress() {
            return (float) progress.getAsDouble();
        }
    }
}
