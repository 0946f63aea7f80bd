package io.millrace.host;

import io.millrace.coordinator.Event;
import io.millrace.runtime.message.Message;
import io.millrace.runtime.message.MessageCodec;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.wire.Connection;
import io.millrace.runtime.wire.ConnectionListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of workers: which one belongs to whom, and the messages on them. Confined to the
 * coordinator's thread, but for {@link #accept}, which network threads call.
 *
 * <p>The first message of a connection is a registration and names the worker. From then on the
 * connection speaks for that worker only; one that says anything else is closed. A worker that
 * connects again replaces its older connection, whose end then means nothing.
 */
final class WorkerLinks implements EffectRunner.Workers {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLinks.class);

    private final Inbox inbox;
    private final Map<String, Link> byWorker = new HashMap<>();
    private ToWorker.NewTokens tokens; // the latest; null if there were none

    WorkerLinks(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Takes a proven connection. Any thread. */
    ConnectionListener accept(Connection connection) {
        return new Link(connection);
    }

    /** Sends, if that worker is connected. */
    @Override
    public void send(String workerId, ToWorker message) {
        Link link = byWorker.get(workerId);
        if (link == null) {
            LOG.debug("Dropped a message for a worker without connection. worker={}", workerId);
            return;
        }
        byte[] frame = MessageCodec.encode(message);
        if (frame.length > Connection.MAX_CONTROL_FRAME_BYTES) {
            link.drop(
                    message.kind()
                            + " of "
                            + frame.length
                            + " bytes is longer than a frame may be");
            return;
        }
        link.connection.send(frame);
    }

    /** Sends to all workers that there are, and to each that comes. */
    void handOut(ToWorker.NewTokens fresh) {
        tokens = fresh;
        for (String workerId : List.copyOf(byWorker.keySet())) {
            send(workerId, fresh);
        }
    }

    /** Lets go of a worker: what was sent still arrives. */
    @Override
    public void close(String workerId) {
        Link link = byWorker.remove(workerId);
        if (link != null) {
            link.connection.close();
        }
    }

    /** Tells every worker to end, and lets go of it. After the coordinator's thread has ended. */
    void shutDownAll(long epoch, String reason) {
        for (String workerId : List.copyOf(byWorker.keySet())) {
            send(workerId, new ToWorker.Shutdown(epoch, reason));
            close(workerId);
        }
    }

    /**
     * One connection. Called on its network thread; what it hears is handled on the coordinator's.
     */
    private final class Link implements ConnectionListener {
        private final Connection connection;
        private String workerId; // confined to the coordinator's thread; null before registration

        Link(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void onFrame(byte[] frame) {
            Message message = MessageCodec.decode(frame);
            if (message instanceof ToCoordinator said) {
                inbox.post(() -> heard(said));
            } else {
                inbox.post(() -> refused("it sent a coordinator's message"));
            }
        }

        @Override
        public void onClosed(Throwable cause) {
            inbox.post(() -> closed(cause));
        }

        private Event heard(ToCoordinator message) {
            if (message instanceof ToCoordinator.RegisterWorker registration) {
                return registered(registration);
            }
            if (workerId == null) {
                return refused("it did not register first");
            }
            if (byWorker.get(workerId) != this) {
                return null; // replaced or let go; what it says comes too late
            }
            if (message instanceof ToCoordinator.Heartbeat heartbeat
                    && !heartbeat.workerId().equals(workerId)) {
                return refused("it spoke as worker " + heartbeat.workerId());
            }
            return new Event.WorkerSpoke(workerId, message);
        }

        private Event registered(ToCoordinator.RegisterWorker registration) {
            String name = registration.address().workerId();
            if (workerId != null && !workerId.equals(name)) {
                return refused("it registered again, as worker " + name);
            }
            workerId = name;
            Link older = byWorker.put(name, this);
            if (older != null && older != this) {
                LOG.info("A worker connected again. worker={} peer={}", name, connection.peer());
                older.connection.close();
            }
            if (tokens != null) {
                send(name, tokens); // those of its container may be older
            }
            return new Event.WorkerSpoke(name, registration);
        }

        private Event refused(String why) {
            LOG.warn(
                    "Closed a connection: {}. worker={} peer={}", why, workerId, connection.peer());
            connection.close();
            return null;
        }

        private void drop(String why) {
            LOG.error("Closed a worker's connection: {}. worker={}", why, workerId);
            connection.close();
        }

        private Event closed(Throwable cause) {
            if (workerId == null || byWorker.get(workerId) != this) {
                return null;
            }
            byWorker.remove(workerId);
            return new Event.WorkerGone(
                    workerId,
                    "its connection from "
                            + connection.peer()
                            + " closed"
                            + (cause == null ? "" : ": " + cause.getMessage()));
        }
    }
}
