package io.millrace.worker;

import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.message.ToWorker;
import io.millrace.runtime.wire.AppSecret;
import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.Connection;
import io.millrace.runtime.wire.ConnectionListener;
import io.millrace.runtime.wire.InProcessWire;
import io.millrace.runtime.wire.WireClient;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A worker's connection to its coordinator: messages in order, both ways. Thread-safe.
 *
 * <p>Both kinds of link encode and decode every message, so a program that runs embedded has been
 * through the same bytes as on a cluster.
 */
public interface CoordinatorLink extends AutoCloseable {
    /**
     * Queues a message behind those sent before; never waits. Dropped after the link has closed.
     */
    void send(ToCoordinator message);

    /** Sends what is queued, then says goodbye. Idempotent. */
    @Override
    void close();

    /** The worker's side. Called one at a time, on a thread of the link; never waits. */
    interface Receiver {
        void onMessage(ToWorker message);

        /**
         * The last call.
         *
         * @param cause null if either side closed in an orderly way
         */
        void onClosed(Throwable cause);
    }

    /** Makes a link; called by the worker that will use it, again when that is lost. */
    interface Connector {
        /**
         * @throws io.millrace.api.error.MillraceException {@code CLUSTER_UNREACHABLE} or {@code
         *     AUTHENTICATION_FAILED}
         */
        CoordinatorLink connect(Receiver receiver);
    }

    /** Links to a coordinator that listens with a {@code WireServer} of purpose {@code CONTROL}. */
    static Connector overNetwork(String host, int port, AppSecret secret, Duration timeout) {
        InetSocketAddress address = InetSocketAddress.createUnresolved(host, port);
        return overNetwork(() -> address, secret, timeout);
    }

    /**
     * The same to whoever leads.
     *
     * @param leader where it listens; asked for each link; may throw a {@code MillraceException}
     */
    static Connector overNetwork(
            Supplier<InetSocketAddress> leader, AppSecret secret, Duration timeout) {
        return receiver -> {
            InetSocketAddress address = leader.get();
            return EncodedLink.over(
                    receiver,
                    listener ->
                            WireClient.connect(
                                    address.getHostString(),
                                    address.getPort(),
                                    secret,
                                    Purpose.CONTROL,
                                    listener,
                                    timeout));
        };
    }

    /**
     * Links to a coordinator in this process.
     *
     * @param name of the worker, for the thread's name
     * @param accept what the coordinator would give to {@code WireServer.listen}
     */
    static Connector inProcess(String name, Function<Connection, ConnectionListener> accept) {
        return receiver ->
                EncodedLink.over(
                        receiver, listener -> InProcessWire.connect(name, accept, listener));
    }
}
