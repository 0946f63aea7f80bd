package io.millrace.runtime.wire;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret.Purpose;
import io.millrace.runtime.wire.HandshakeRefused.Reason;
import io.millrace.runtime.wire.Hello.Role;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that accepts authenticated connections of one purpose. Thread-safe.
 *
 * <p>Until a peer has proven that it knows the secret it costs a socket, a 256-byte read buffer and
 * 48 bytes; its connection ends after {@link #HANDSHAKE_TIMEOUT}, or when {@link #MAX_PENDING}
 * younger ones knock.
 */
public final class WireServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    static final int MAX_PENDING = 256;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int BACKLOG = 512;
    private final WireThreads threads;
    private final boolean ownsThreads;
    private final byte[] key;
    private final Purpose purpose;
    private final Duration handshakeTimeout;
    private final Function<Connection, ConnectionListener> accept;
    private final SecureRandom random = new SecureRandom();
    private final RefusalLog refusals = new RefusalLog(System::nanoTime);
    private final PendingHandshakes pending = new PendingHandshakes(MAX_PENDING);
    private final Set<NettyConnection> connections = ConcurrentHashMap.newKeySet();
    private Channel listening;

    private WireServer(
            WireThreads threads,
            boolean ownsThreads,
            AppSecret secret,
            Purpose purpose,
            Duration handshakeTimeout,
            Function<Connection, ConnectionListener> accept) {
        this.threads = threads;
        this.ownsThreads = ownsThreads;
        this.key = secret.key(purpose);
        this.purpose = purpose;
        this.handshakeTimeout = handshakeTimeout;
        this.accept = accept;
    }

    /**
     * Listens with a network thread of its own.
     *
     * @param port 0 for any that is free
     * @param purpose {@code CONTROL} or {@code DATA}; connections of {@code DATA} are {@link
     *     DataConnection}s
     * @param accept called on a network thread for each proven connection; gives its listener
     * @throws MillraceException {@code INTERNAL} if the port cannot be had
     */
    public static WireServer listen(
            String host,
            int port,
            AppSecret secret,
            Purpose purpose,
            Function<Connection, ConnectionListener> accept) {
        WireThreads threads =
                WireThreads.start("wire-" + purpose.name().toLowerCase(java.util.Locale.ROOT), 1);
        try {
            return new WireServer(threads, true, secret, purpose, HANDSHAKE_TIMEOUT, accept)
                    .bind(host, port);
        } catch (RuntimeException e) {
            threads.close();
            throw e;
        }
    }

    /** Listens on network threads that others use too; the caller closes them after the server. */
    public static WireServer listen(
            WireThreads threads,
            String host,
            int port,
            AppSecret secret,
            Purpose purpose,
            Function<Connection, ConnectionListener> accept) {
        return listen(threads, host, port, secret, purpose, HANDSHAKE_TIMEOUT, accept);
    }

    /**
     * Takes over a port that the caller listens at already; who has connected meanwhile is served
     * first. The port is closed with the server.
     *
     * @param reserved of {@link #reserve}
     */
    public static WireServer serve(
            WireThreads threads,
            ServerSocketChannel reserved,
            AppSecret secret,
            Purpose purpose,
            Function<Connection, ConnectionListener> accept) {
        WireServer server =
                new WireServer(threads, false, secret, purpose, HANDSHAKE_TIMEOUT, accept);
        ChannelFuture registered =
                server.bootstrap(() -> new NioServerSocketChannel(reserved))
                        .register()
                        .awaitUninterruptibly();
        if (!registered.isSuccess()) {
            throw new MillraceException(
                    ErrorCode.INTERNAL,
                    "cannot serve at the port that was reserved for "
                            + purpose
                            + ": "
                            + registered.cause().getMessage(),
                    registered.cause());
        }
        server.listening = registered.channel();
        return server;
    }

    /**
     * Listens without anybody who answers yet: the system lets peers wait. For {@link #serve}.
     *
     * @param port 0 for any that is free
     * @throws MillraceException {@code INTERNAL} if the port cannot be had
     */
    public static ServerSocketChannel reserve(String host, int port, Purpose purpose) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return channel.bind(new InetSocketAddress(host, port), BACKLOG);
        } catch (IOException | RuntimeException e) {
            // An unknown host is a RuntimeException here.
            if (channel != null) {
                try {
                    channel.close();
                } catch (IOException closing) {
                    e.addSuppressed(closing);
                }
            }
            throw noPort(host, port, purpose, e);
        }
    }

    static WireServer listen(
            WireThreads threads,
            String host,
            int port,
            AppSecret secret,
            Purpose purpose,
            Duration handshakeTimeout,
            Function<Connection, ConnectionListener> accept) {
        return new WireServer(threads, false, secret, purpose, handshakeTimeout, accept)
                .bind(host, port);
    }

    private ServerBootstrap bootstrap(ChannelFactory<NioServerSocketChannel> channels) {
        return new ServerBootstrap()
                .group(threads.group())
                .channelFactory(channels)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, threads.allocator())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, WireThreads.growingReads())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                onConnected(channel);
                            }
                        });
    }

    private WireServer bind(String host, int port) {
        ChannelFuture bound =
                bootstrap(NioServerSocketChannel::new).bind(host, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw noPort(host, port, purpose, bound.cause());
        }
        listening = bound.channel();
        return this;
    }

    private static MillraceException noPort(
            String host, int port, Purpose purpose, Throwable cause) {
        return new MillraceException(
                ErrorCode.INTERNAL,
                "cannot listen at "
                        + host
                        + ":"
                        + port
                        + " for "
                        + purpose
                        + ": "
                        + (cause.getMessage() == null ? cause : cause.getMessage())
                        + ". Choose another port or 0, and a host name of this machine.",
                cause);
    }

    private void onConnected(SocketChannel channel) {
        Handshake handshake = new Handshake(key, purpose, Role.SERVER, nonce());
        HandshakeStage stage =
                new HandshakeStage(
                        handshake,
                        Role.SERVER,
                        handshakeTimeout,
                        new HandshakeStage.Outcome() {
                            @Override
                            public void proven(ChannelHandlerContext context, SessionKeys keys) {
                                onProven(context, keys);
                            }

                            @Override
                            public void refused(
                                    ChannelHandlerContext context, HandshakeRefused reason) {
                                onRefused(context.channel(), reason);
                            }
                        });
        channel.pipeline().addLast(stage);
        Channel oldest = pending.add(channel);
        if (oldest != null) {
            oldest.pipeline()
                    .fireUserEventTriggered(
                            new HandshakeRefused(
                                    Reason.TOO_MANY,
                                    MAX_PENDING + " younger handshakes are under way"));
        }
    }

    private byte[] nonce() {
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    private void onProven(ChannelHandlerContext context, SessionKeys keys) {
        Channel channel = context.channel();
        pending.remove(channel);
        if (connections.size() >= MAX_CONNECTIONS) {
            onRefused(
                    channel,
                    new HandshakeRefused(
                            Reason.TOO_MANY, "there are " + MAX_CONNECTIONS + " already"));
            context.close();
            return;
        }
        NettyConnection connection =
                NettyConnection.take(context, hostAndPort(channel), purpose, keys);
        connections.add(connection);
        channel.closeFuture().addListener(closed -> connections.remove(connection));
        try {
            connection.deliverTo(accept.apply(connection));
        } catch (RuntimeException e) {
            LOG.error("Dropped a connection that nobody took: peer={}", connection.peer(), e);
            connection.deliverTo(new Nobody());
            connection.fail(e);
        }
    }

    private void onRefused(Channel channel, HandshakeRefused reason) {
        pending.remove(channel);
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        String host = remote == null ? "unknown" : remote.getAddress().getHostAddress();
        refusals.refused(purpose.name(), host, reason.reason(), reason.getMessage());
    }

    /** Takes what arrives on a connection while it is being closed. */
    private static final class Nobody implements ConnectionListener {
        @Override
        public void onFrame(byte[] frame) {}

        @Override
        public void onClosed(Throwable cause) {}
    }

    static String hostAndPort(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        return remote == null
                ? "unknown"
                : remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Stops listening and closes every connection in an orderly way. Safe to call twice. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        connections.forEach(NettyConnection::close);
        connections.forEach(NettyConnection::awaitClosed);
        if (ownsThreads) {
            threads.close();
        }
    }
}
