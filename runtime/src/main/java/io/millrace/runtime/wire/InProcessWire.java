package io.millrace.runtime.wire;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A connection inside one process, with the same doors and the same order of calls as one over the
 * network: frames are bytes, listeners run on a thread of the wire, each frame arrives after {@code
 * send} has returned or while it does. For the embedded cluster and tests. Thread-safe.
 */
public final class InProcessWire {
    private static final long LIMIT_BYTES = 64L << 20;

    private final ExecutorService thread;
    private final End client;
    private final End server;

    private InProcessWire(String name) {
        this.thread =
                Executors.newSingleThreadExecutor(
                        action -> {
                            Thread made = new Thread(action, "wire-" + name);
                            made.setDaemon(true);
                            return made;
                        });
        this.client = new End("in-process-server-of-" + name);
        this.server = new End("in-process-" + name);
    }

    /**
     * Connects to what would listen at a {@link WireServer}.
     *
     * @param name of the client, for messages and the thread's name
     * @param accept as in {@link WireServer#listen}; called on the wire's thread
     * @param listener of the client
     */
    public static Connection connect(
            String name,
            Function<Connection, ConnectionListener> accept,
            ConnectionListener listener) {
        InProcessWire wire = new InProcessWire(name);
        wire.client.listener = listener;
        wire.thread.execute(() -> wire.server.listener = accept.apply(wire.server));
        return wire.client;
    }

    private void closeBoth(Throwable cause) {
        if (thread.isShutdown()) {
            return;
        }
        thread.shutdown();
        try (AutoCloseable first = () -> client.tellClosed(cause);
                AutoCloseable second = () -> server.tellClosed(cause)) {
            client.closed.set(true);
            server.closed.set(true);
        } catch (Exception e) {
            throw new IllegalStateException("a listener failed in its last call", e);
        }
    }

    /** One end; {@code send} gives to the other end's listener. */
    private final class End implements Connection {
        private final String peer;
        // Set once by any thread; frames sent afterwards are dropped.
        private final AtomicBoolean closed = new AtomicBoolean();
        private final AtomicLong queuedBytes = new AtomicLong();
        // The client's is set before the wire's thread starts, the server's by that thread.
        private ConnectionListener listener;

        End(String peer) {
            this.peer = peer;
        }

        @Override
        public void send(byte[] frame) {
            if (frame.length < 1 || frame.length > MAX_CONTROL_FRAME_BYTES) {
                throw new IllegalArgumentException(
                        "a frame of "
                                + frame.length
                                + " bytes; 1 to "
                                + MAX_CONTROL_FRAME_BYTES
                                + " are allowed");
            }
            if (closed.get()) {
                return;
            }
            long queued = queuedBytes.addAndGet(frame.length);
            if (queued > LIMIT_BYTES) {
                post(() -> closeBoth(new IOException("nobody reads: " + queued + " bytes wait")));
                return;
            }
            post(() -> deliver(frame));
        }

        private void deliver(byte[] frame) {
            queuedBytes.addAndGet(-frame.length);
            End other = this == client ? server : client;
            if (other.listener == null || thread.isShutdown()) {
                return;
            }
            try {
                other.listener.onFrame(frame);
            } catch (RuntimeException e) {
                closeBoth(e);
            }
        }

        private void post(Runnable action) {
            try {
                thread.execute(action);
            } catch (RejectedExecutionException e) {
                closed.set(true); // the other end was quicker to close; listeners were told
            }
        }

        private void tellClosed(Throwable cause) {
            if (listener != null) {
                listener.onClosed(cause);
            }
        }

        @Override
        public String peer() {
            return peer;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                post(() -> closeBoth(null));
            }
        }
    }
}
