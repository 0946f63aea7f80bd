package io.millrace.coordinator.simulation;

import io.millrace.coordinator.Event;
import io.millrace.runtime.message.Message;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;

/**
 * A connection between a worker and a coordinator process. Keeps order in each direction, takes its
 * time, and carries bytes: no object is shared by the two sides. What is on its way when it breaks
 * is lost.
 */
final class Link {
    private final Simulation world;
    private final SimulatedWorker worker;
    private final CoordinatorProcess process;
    private boolean open = true;
    private long upMs;
    private long downMs;

    Link(Simulation world, SimulatedWorker worker, CoordinatorProcess process) {
        this.world = world;
        this.worker = worker;
        this.process = process;
    }

    boolean isOpen() {
        return open;
    }

    SimulatedWorker worker() {
        return worker;
    }

    CoordinatorProcess process() {
        return process;
    }

    void toCoordinator(ToCoordinator message) {
        byte[] bytes = MessageCodec.encode(message);
        upMs = Math.max(upMs, world.agenda().nowMs() + world.latencyMs());
        world.agenda()
                .at(
                        upMs,
                        () -> {
                            if (open) {
                                Message arrived = MessageCodec.decode(bytes);
                                process.onFrame(this, (ToCoordinator) arrived);
                            }
                        });
    }

    void toWorker(ToWorker message) {
        byte[] bytes = MessageCodec.encode(message);
        downMs = Math.max(downMs, world.agenda().nowMs() + world.latencyMs());
        world.agenda()
                .at(
                        downMs,
                        () -> {
                            if (open) {
                                Message arrived = MessageCodec.decode(bytes);
                                worker.act(() -> worker.onMessage(this, (ToWorker) arrived));
                            }
                        });
    }

    /** Both ends notice, each in its time. */
    void breakOff(String reason) {
        if (open) {
            open = false;
            world.agenda()
                    .after(
                            world.latencyMs(),
                            () -> process.deliver(new Event.WorkerGone(worker.id(), reason)));
            world.agenda().after(world.latencyMs(), () -> worker.act(worker::onDisconnected));
        }
    }
}
