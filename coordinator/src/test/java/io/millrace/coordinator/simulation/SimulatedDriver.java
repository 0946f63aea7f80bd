package io.millrace.coordinator.simulation;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.Event;
import io.millrace.coordinator.blocklist.BlockedNode;
import io.millrace.runtime.message.FailureReport;
import java.util.ArrayList;
import java.util.List;

/** The resource driver of one coordinator process: as many workers as wanted, sooner or later. */
final class SimulatedDriver {
    private final Simulation world;
    private final CoordinatorProcess process;
    private final List<String> running = new ArrayList<>();
    private List<String> avoided = List.of();
    private int wanted;
    private int coming;

    SimulatedDriver(Simulation world, CoordinatorProcess process) {
        this.world = world;
        this.process = process;
    }

    void want(int workers) {
        wanted = workers;
        fill();
    }

    /** Those that exist were started by an earlier process. */
    void keep(List<String> workerIds) {
        for (String id : workerIds) {
            running.add(id);
            if (!world.worker(id).isAlive()) {
                world.agenda().after(world.latencyMs(), () -> onEnded(id, "it had ended before"));
            }
        }
    }

    private void fill() {
        while (process.isAlive() && running.size() + coming < wanted) {
            coming++;
            world.agenda().after(world.startMs(), this::startOne);
        }
    }

    private void startOne() {
        coming--;
        if (!process.isAlive() || running.size() + coming >= wanted) {
            return;
        }
        if (world.clusterRefuses()) {
            process.deliver(
                    new Event.WorkersRefused(
                            new FailureReport(
                                    ErrorCode.RESOURCES_NOT_GRANTED,
                                    "the queue is full",
                                    "",
                                    null)));
            world.agenda().after(1_000, this::fill);
            return;
        }
        String node = world.nodeFor(avoided);
        if (node == null) {
            world.agenda().after(1_000, this::fill);
            return;
        }
        running.add(world.startWorker(node));
    }

    void avoid(List<BlockedNode> nodes) {
        if (!nodes.isEmpty()) {
            world.saw(Sighting.NODE_WAS_BLOCKED);
        }
        avoided = nodes.stream().map(BlockedNode::node).toList();
    }

    void release(String workerId) {
        world.agenda().after(world.latencyMs(), () -> world.endWorker(workerId, "released"));
    }

    void onEnded(String workerId, String reason) {
        if (running.remove(workerId) && process.isAlive()) {
            process.deliver(new Event.WorkerGone(workerId, reason));
            world.agenda().after(world.latencyMs(), this::fill);
        }
    }
}
