package io.millrace.runtime.wire;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The network threads of one user of the wire, with the pool that their buffers come from. Whoever
 * makes them closes them, after the servers and connections that use them. They start when the
 * first of those needs them: a process that speaks to nobody loads no class of Netty. Thread-safe.
 */
public final class WireThreads implements AutoCloseable {
    private static final int FIRST_READ_BYTES = 256;
    private static final int LARGEST_READ_BYTES = 256 << 10;
    private static final int PAGE_BYTES = 8192;
    // Pool chunks of 1 MiB: small processes do not pay for the 4 MiB of Netty's default.
    private static final int MAX_ORDER = 7;

    // Buffers that a network thread keeps per size class; Netty's own defaults.
    private static final int SMALL_CACHE = 256;
    private static final int NORMAL_CACHE = 64;

    private final String name;
    private final int threads;
    // Written under this object's lock by whoever is first, read by any thread.
    private volatile Running running;
    private boolean closed; // guarded by this

    /** What there is of Netty. Immutable. */
    private record Running(EventLoopGroup group, PooledByteBufAllocator allocator) {
        static Running start(String name, int threads) {
            return new Running(
                    new MultiThreadIoEventLoopGroup(
                            threads,
                            new DefaultThreadFactory(name, true),
                            NioIoHandler.newFactory()),
                    new PooledByteBufAllocator(
                            true,
                            0,
                            threads + 1,
                            PAGE_BYTES,
                            MAX_ORDER,
                            SMALL_CACHE,
                            NORMAL_CACHE,
                            false));
        }

        void end() {
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS)
                    .awaitUninterruptibly(5, TimeUnit.SECONDS);
        }
    }

    private WireThreads(String name, int threads) {
        this.name = name;
        this.threads = threads;
    }

    /**
     * @param name what the threads' names begin with
     * @param threads at least 1; a connection stays on one of them
     */
    public static WireThreads start(String name, int threads) {
        return new WireThreads(name, threads);
    }

    private Running running() {
        Running known = running;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("the network threads " + name + " have ended");
            }
            if (running == null) {
                running = Running.start(name, threads);
            }
            return running;
        }
    }

    /** Runs a short action on a network thread, after a delay. */
    public Future<?> schedule(Runnable action, Duration delay) {
        return group().schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Direct memory that the pool holds, used or kept for use. */
    public long directBytes() {
        Running known = running;
        return known == null ? 0 : known.allocator().metric().usedDirectMemory();
    }

    /**
     * Reads of 256 bytes at first, which is all that a peer gets before its handshake is judged;
     * then as large as the peer fills. One for each connection: Netty asks a channel for it only
     * once.
     */
    static RecvByteBufAllocator growingReads() {
        return new AdaptiveRecvByteBufAllocator(
                FIRST_READ_BYTES, FIRST_READ_BYTES, LARGEST_READ_BYTES);
    }

    EventLoopGroup group() {
        return running().group();
    }

    PooledByteBufAllocator allocator() {
        return running().allocator();
    }

    /** Ends the threads; waits up to five seconds for them. Safe to call twice. */
    @Override
    public void close() {
        Running last;
        synchronized (this) {
            closed = true;
            last = running;
        }
        if (last != null) {
            last.end();
        }
    }
}
