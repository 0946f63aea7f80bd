package io.millrace.yarn.master;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.coordinator.resource.ResourceDriver;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.runtime.message.FailureReport;
import io.millrace.runtime.message.NodeService;
import io.millrace.yarn.launch.ShuffleAccess;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.Container;
import org.apache.hadoop.yarn.api.records.ContainerExitStatus;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.ContainerStatus;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.Priority;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.client.api.AMRMClient.ContainerRequest;
import org.apache.hadoop.yarn.client.api.async.NMClientAsync;
import org.apache.hadoop.yarn.exceptions.InvalidAuxServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets workers as YARN containers; a worker's id is its container's. Thread-safe: all methods post
 * to the thread {@code yarn-driver}, which owns the {@link ContainerBook}.
 */
final class YarnResourceDriver implements ResourceDriver, ResourceManagerLink.ContainerListener {
    private static final Logger LOG = LoggerFactory.getLogger(YarnResourceDriver.class);
    private static final Priority PRIORITY = Priority.newInstance(1);
    private static final int CLOSE_TIMEOUT_S = 10;

    private final ResourceManagerLink resourceManager;
    private final NMClientAsync nodes;
    private final Configuration configuration;
    private final WorkerContainers workers;
    private final ContainerBook book;
    private final NodeShuffles shuffles;
    private final NodeWishes wishes = new NodeWishes();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    body -> {
                        Thread made = new Thread(body, "yarn-driver");
                        made.setDaemon(true);
                        return made;
                    });

    // Confined to the driver's thread.
    private final Deque<ContainerRequest> requests = new ArrayDeque<>();
    private final Map<String, Container> containers = new HashMap<>();
    // Of containers whose start asked for the shuffle service of their node.
    private final Set<String> served = new HashSet<>();
    private Listener listener;
    private Resource size;
    private List<String> kept = List.of();
    private List<Container> found; // of earlier attempts; null before the registration
    private boolean decided; // which of those are kept
    private String lastFailure = "";

    /**
     * @param maxWorkers running and asked for
     */
    YarnResourceDriver(
            Configuration configuration,
            ResourceManagerLink resourceManager,
            WorkerContainers workers,
            int maxWorkers) {
        this.configuration = configuration;
        this.resourceManager = resourceManager;
        this.workers = workers;
        this.book = new ContainerBook(maxWorkers);
        this.shuffles = new NodeShuffles(workers.shuffle());
        this.nodes = NMClientAsync.createNMClientAsync(new NodeCallbacks());
    }

    @Override
    public void start(Listener listener, WorkerSpec spec) {
        post(
                () -> {
                    this.listener = listener;
                    this.size = Resource.newInstance(spec.memoryMb(), spec.virtualCores());
                    nodes.init(configuration);
                    nodes.start();
                });
        resourceManager.listen(this);
    }

    @Override
    public void want(int count) {
        want(count, List.of());
    }

    @Override
    public void want(int count, List<String> near) {
        post(
                () -> {
                    decided = true;
                    wishes.wish(near);
                    useFound();
                    ask(book.want(count));
                });
    }

    @Override
    public void release(String workerId, String reason) {
        post(
                () -> {
                    if (book.release(workerId)) {
                        LOG.info("worker was released id={} reason={}", workerId, reason);
                        giveBack(containers.remove(workerId));
                    }
                });
    }

    @Override
    public void keep(List<String> workerIds) {
        post(
                () -> {
                    kept = workerIds;
                    decided = true;
                    useFound();
                });
    }

    @Override
    public void avoid(List<BlockedNode> blocked) {
        post(
                () -> {
                    Set<String> names = new LinkedHashSet<>();
                    blocked.forEach(node -> names.add(node.node()));
                    ContainerBook.Avoidance change = book.block(names);
                    LOG.info("nodes are avoided more={} less={}", change.more(), change.less());
                    resourceManager.avoid(change.more(), change.less());
                });
    }

    @Override
    public void onFound(List<Container> containersOfBefore) {
        post(
                () -> {
                    found = List.copyOf(containersOfBefore);
                    useFound();
                });
    }

    /**
     * When it is known what there is and what is wanted of it: those that are not kept go, and of
     * those that are kept and have ended meanwhile it is told.
     */
    private void useFound() {
        if (found == null || !decided) {
            return;
        }
        Set<String> missing = new LinkedHashSet<>(kept);
        for (Container container : found) {
            String id = container.getId().toString();
            boolean use = missing.remove(id);
            LOG.info("container of an earlier attempt was found id={} kept={}", id, use);
            if (use) {
                book.onFound(id, container.getNodeId().getHost(), nowMs());
                containers.put(id, container);
            } else {
                giveBack(container);
            }
        }
        found = List.of();
        kept = List.of();
        missing.forEach(id -> listener.onWorkerEnded(id, "it ended with its coordinator"));
        ask(book.rebalance());
    }

    @Override
    public void onGranted(List<Container> granted) {
        post(() -> granted.forEach(this::use));
    }

    @Override
    public void onEnded(List<ContainerStatus> ended) {
        post(
                () ->
                        ended.forEach(
                                status ->
                                        ended(
                                                status.getContainerId().toString(),
                                                status.getExitStatus(),
                                                status.getDiagnostics())));
    }

    @Override
    public void onNodesLost(List<NodeId> nodesLost) {
        post(
                () ->
                        nodesLost.forEach(
                                node -> {
                                    LOG.warn("node was lost node={}", node);
                                    listener.onNodeLost(node.toString());
                                }));
    }

    @Override
    public void close() {
        post(
                () -> {
                    ask(book.want(0));
                    for (String id : book.running()) {
                        book.release(id);
                        giveBack(containers.remove(id));
                    }
                    nodes.stop();
                });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
                LOG.warn("containers were left to YARN count={}", book.running().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(int change) {
        for (int i = 0; i < change; i++) {
            ContainerRequest request = request();
            requests.add(request);
            resourceManager.ask(request);
        }
        for (int i = 0; i > change && !requests.isEmpty(); i--) {
            resourceManager.forget(requests.removeLast());
        }
        if (change != 0) {
            LOG.info("containers were asked for change={} open={}", change, book.asked());
        }
        if (book.asked() == 0) {
            resourceManager.nothingAwaited();
        }
    }

    /** YARN refuses requests that name both a label and nodes; a label is a must. */
    private ContainerRequest request() {
        String label = workers.settings().nodeLabel();
        List<String> near = label.isEmpty() ? wishes.take() : List.of();
        return new ContainerRequest(
                size,
                near.isEmpty() ? null : near.toArray(String[]::new),
                null,
                PRIORITY,
                true,
                label.isEmpty() ? null : label);
    }

    /** Takes back the request that a container answers: one that named its node, or else any. */
    private void answered(String node) {
        ContainerRequest request =
                requests.stream()
                        .filter(each -> each.getNodes() != null && each.getNodes().contains(node))
                        .findFirst()
                        .orElse(requests.peekFirst());
        if (request != null) {
            requests.remove(request);
            resourceManager.forget(request);
            if (request.getNodes() != null) {
                LOG.info(
                        "container is near={} node={} wished={}",
                        request.getNodes().contains(node),
                        node,
                        request.getNodes());
            }
        }
    }

    private void use(Container container) {
        String id = container.getId().toString();
        String node = container.getNodeId().getHost();
        answered(node);
        if (book.onGranted(id, node, nowMs())) {
            containers.put(id, container);
            LOG.info(
                    "container was granted id={} node={} memoryMb={}",
                    id,
                    node,
                    container.getResource().getMemorySize());
            boolean byNode = shuffles.isAsked(container.getNodeId().toString());
            if (byNode) {
                served.add(id);
            }
            nodes.startContainerAsync(container, workers.contextFor(container, byNode));
        } else {
            giveBack(container);
        }
        // A container that was given back may have answered a request that is still wanted.
        ask(book.rebalance());
    }

    private void ended(String id, int exitStatus, String diagnostics) {
        ContainerBook.Ended ended =
                book.onEnded(
                        id, exitStatus, diagnostics, resourceManager.nodesInCluster(), nowMs());
        containers.remove(id);
        served.remove(id);
        if (ended.known()) {
            lastFailure = ended.reason();
            LOG.info("worker's container ended id={} reason={}", id, ended.reason());
            listener.onWorkerEnded(id, ended.reason());
        }
        if (ended.avoidNode() != null) {
            LOG.warn("node gets no more containers node={}", ended.avoidNode());
            resourceManager.avoid(List.of(ended.avoidNode()), List.of());
        }
        if (ended.hopeless()) {
            listener.onRefused(
                    new FailureReport(
                            ErrorCode.RESOURCES_NOT_GRANTED,
                            ContainerBook.MAX_FAILED_STARTS
                                    + " containers in a row ended within "
                                    + ContainerBook.START_MS / 1000
                                    + " s of their start. The last one: "
                                    + lastFailure,
                            "",
                            null));
        }
        ask(ended.toAsk());
    }

    /** The NodeManager has started it; its answer tells of its services. */
    private void started(String id, Map<String, ByteBuffer> services) {
        Container container = containers.get(id);
        if (!served.remove(id) || container == null) {
            LOG.info("worker serves its results alone id={}", id);
            return;
        }
        NodeId node = container.getNodeId();
        int port = ShuffleAccess.portOf(services);
        if (port == 0) {
            LOG.warn("node tells no port of its shuffle service node={}", node);
            return;
        }
        shuffles.onAccepted(node.toString());
        LOG.info("node serves the worker's results id={} node={} port={}", id, node, port);
        listener.onNodeServes(id, new NodeService(node.toString(), node.getHost(), port));
    }

    private void startFailed(String id, Throwable error) {
        Container container = containers.get(id);
        giveBack(container);
        if (served.remove(id)
                && container != null
                && error instanceof InvalidAuxServiceException
                && shuffles.onRefused(container.getNodeId().toString())) {
            LOG.info(
                    "node has no shuffle service, workers there serve their results themselves"
                            + " node={} cause={}",
                    container.getNodeId(),
                    error.getMessage());
            containers.remove(id);
            book.release(id);
            ask(book.rebalance());
            return;
        }
        ended(id, ContainerExitStatus.INVALID, error.toString());
    }

    private void giveBack(Container container) {
        if (container != null) {
            resourceManager.giveBack(container);
        }
    }

    private void post(Runnable body) {
        try {
            thread.execute(body);
        } catch (RejectedExecutionException e) {
            LOG.debug("news came after the end", e);
        }
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** Called on threads of Hadoop's NodeManager client; a start that fails ends the container. */
    private final class NodeCallbacks extends NMClientAsync.AbstractCallbackHandler {
        @Override
        public void onStartContainerError(ContainerId id, Throwable error) {
            post(() -> startFailed(id.toString(), error));
        }

        @Override
        public void onContainerStarted(ContainerId id, Map<String, ByteBuffer> services) {
            post(() -> started(id.toString(), services));
        }

        @Override
        public void onContainerStatusReceived(ContainerId id, ContainerStatus status) {}

        @Override
        public void onContainerStopped(ContainerId id) {}

        @Override
        public void onGetContainerStatusError(ContainerId id, Throwable error) {}

        @Override
        public void onStopContainerError(ContainerId id, Throwable error) {}

        @Override
        public void onContainerResourceIncreased(ContainerId id, Resource resource) {}

        @Override
        public void onContainerResourceUpdated(ContainerId id, Resource resource) {}

        @Override
        public void onIncreaseContainerResourceError(ContainerId id, Throwable error) {}

        @Override
        public void onUpdateContainerResourceError(ContainerId id, Throwable error) {}
    }
}
