package io.millrace.runtime.wire;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.HandshakeRefused.Reason;
import io.millrace.runtime.wire.Hello.Role;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Makes authenticated connections to a {@link WireServer}. Pure doors, no state. */
public final class WireClient {
    private WireClient() {}

    /**
     * Connects with a network thread of its own, which ends with the connection; waits for the
     * handshake.
     *
     * @param listener may be called before this returns
     * @param timeout for connecting and for the handshake, each
     * @throws MillraceException {@code CLUSTER_UNREACHABLE} if nobody answers there, {@code
     *     AUTHENTICATION_FAILED} if the other side is not of this application
     */
    public static Connection connect(
            String host,
            int port,
            AppSecret secret,
            Purpose purpose,
            ConnectionListener listener,
            Duration timeout) {
        WireThreads threads =
                WireThreads.start(
                        "wire-client-" + purpose.name().toLowerCase(java.util.Locale.ROOT), 1);
        try {
            NettyConnection connection =
                    dial(threads, host, port, secret, purpose, listener, timeout).join();
            connection.whenClosed(() -> threads.group().shutdownGracefully());
            return connection;
        } catch (CompletionException e) {
            threads.close();
            throw e.getCause() instanceof MillraceException known
                    ? known
                    : new MillraceException(
                            ErrorCode.INTERNAL, "connecting to " + host + ":" + port, e);
        }
    }

    /**
     * Connects without waiting.
     *
     * @return fails with the exceptions of {@link #connect}; completed on a network thread, before
     *     the listener is called; the connection is a {@link DataConnection} if the purpose is
     *     {@code DATA}
     */
    public static CompletableFuture<? extends Connection> connectAsync(
            WireThreads threads,
            String host,
            int port,
            AppSecret secret,
            Purpose purpose,
            ConnectionListener listener,
            Duration timeout) {
        return dial(threads, host, port, secret, purpose, listener, timeout);
    }

    private static CompletableFuture<NettyConnection> dial(
            WireThreads threads,
            String host,
            int port,
            AppSecret secret,
            Purpose purpose,
            ConnectionListener listener,
            Duration timeout) {
        CompletableFuture<NettyConnection> result = new CompletableFuture<>();
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        Handshake handshake = new Handshake(secret.key(purpose), purpose, Role.CLIENT, nonce);
        String peer = host + ":" + port;
        HandshakeStage.Outcome outcome =
                new HandshakeStage.Outcome() {
                    @Override
                    public void proven(ChannelHandlerContext context, SessionKeys keys) {
                        NettyConnection connection =
                                NettyConnection.take(context, peer, purpose, keys);
                        connection.deliverTo(listener);
                        result.complete(connection);
                    }

                    @Override
                    public void refused(ChannelHandlerContext context, HandshakeRefused reason) {
                        result.completeExceptionally(explain(peer, purpose, reason));
                    }
                };
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(threads.group())
                        .channel(NioSocketChannel.class)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(timeout.toMillis()))
                        .option(ChannelOption.ALLOCATOR, threads.allocator())
                        .option(ChannelOption.RECVBUF_ALLOCATOR, WireThreads.growingReads())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        new HandshakeStage(
                                                                handshake,
                                                                Role.CLIENT,
                                                                timeout,
                                                                outcome));
                                    }
                                });
        bootstrap
                .connect(host, port)
                .addListener(
                        (ChannelFuture connected) -> {
                            if (!connected.isSuccess()) {
                                result.completeExceptionally(
                                        unreachable(peer, purpose, connected.cause()));
                            }
                        });
        return result;
    }

    private static MillraceException unreachable(String peer, Purpose purpose, Throwable cause) {
        return new MillraceException(
                ErrorCode.CLUSTER_UNREACHABLE,
                "cannot connect to "
                        + peer
                        + " for "
                        + purpose
                        + ": "
                        + cause.getMessage()
                        + ". Check that the process there lives and that no firewall is between.",
                cause);
    }

    private static MillraceException explain(
            String peer, Purpose purpose, HandshakeRefused reason) {
        boolean silent = reason.reason() == Reason.TIMED_OUT;
        String end =
                silent
                        ? ". Something else may listen there, or the process hangs."
                        : ". Both processes must belong to the same application and version.";
        return new MillraceException(
                silent ? ErrorCode.CLUSTER_UNREACHABLE : ErrorCode.AUTHENTICATION_FAILED,
                "no authenticated connection to "
                        + peer
                        + " for "
                        + purpose
                        + ": "
                        + reason.getMessage()
                        + end,
                reason);
    }
}
