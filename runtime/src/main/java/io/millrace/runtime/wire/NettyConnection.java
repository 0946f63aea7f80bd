package io.millrace.runtime.wire;

import io.millrace.runtime.wire.AppSecret.Purpose;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authenticated connection. Thread-safe.
 *
 * <p>Any thread puts frames into {@code outbound}; the network thread alone takes them out. One
 * drain is under way at a time: it writes all that is queued and flushes once, so an idle
 * connection sends at once and a loaded one sends many frames with one system call.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements DataConnection {
    private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);
    private static final Object GOODBYE = new Object();
    private static final long CONTROL_LIMIT_BYTES = 64L << 20;
    private static final long HIGH_WATER_BYTES = 8L << 20;
    private static final long LOW_WATER_BYTES = 4L << 20;
    private static final long LINGER_SECONDS = 5;

    private final Channel channel;
    private final String peer;
    private final boolean control;
    private final int maxFrameBytes;
    private final FrameSeal sendingSeal;
    private final FrameReader reader;
    private final MpscUnboundedArrayQueue<Object> outbound = new MpscUnboundedArrayQueue<>(64);
    private final AtomicLong queuedBytes = new AtomicLong();
    // Both set by senders and cleared by the network thread: whether a drain is under way or due,
    // and
    // whether a sender was told to stop and waits for onWritable.
    private final AtomicBoolean drainDue = new AtomicBoolean();
    private final AtomicBoolean writableWanted = new AtomicBoolean();
    // Set by whoever closes; read by senders. Nothing is queued behind a goodbye.
    private final AtomicBoolean closing = new AtomicBoolean();
    // Set by the network thread at the end; senders that still come see it and drop their frame.
    private volatile boolean closed;

    private final FrameReader.Sink sink =
            new FrameReader.Sink() {
                @Override
                public void frame(byte[] payload) {
                    if (!closed && !peerSaidGoodbye) {
                        listener.onFrame(payload);
                    }
                }

                @Override
                public void goodbye() {
                    peerSaidGoodbye = true;
                    channel.close();
                }
            };

    // Confined to the network thread.
    private ConnectionListener listener;
    private boolean peerSaidGoodbye;
    private Throwable failure;

    private NettyConnection(Channel channel, String peer, Purpose purpose, SessionKeys keys) {
        this.channel = channel;
        this.peer = peer;
        this.control = purpose == Purpose.CONTROL;
        this.maxFrameBytes = control ? MAX_CONTROL_FRAME_BYTES : MAX_FRAME_BYTES;
        this.sendingSeal = control ? new FrameSeal(keys.sending()) : null;
        this.reader =
                new FrameReader(maxFrameBytes, control ? new FrameSeal(keys.receiving()) : null);
    }

    /** Puts a connection in the place of its handshake. */
    static NettyConnection take(
            ChannelHandlerContext handshake, String peer, Purpose purpose, SessionKeys keys) {
        Channel channel = handshake.channel();
        NettyConnection connection = new NettyConnection(channel, peer, purpose, keys);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(128 << 10, 512 << 10));
        channel.pipeline().addAfter(handshake.name(), "frames", connection);
        channel.pipeline().remove(handshake.handler());
        return connection;
    }

    /** Runs an action when the connection has closed. */
    void whenClosed(Runnable action) {
        channel.closeFuture().addListener(closed -> action.run());
    }

    /** Waits until the connection has closed, which {@link #close} bounds. */
    void awaitClosed() {
        channel.closeFuture().awaitUninterruptibly(LINGER_SECONDS, TimeUnit.SECONDS);
    }

    /** Names the receiver; on the network thread, before any frame is read. */
    void deliverTo(ConnectionListener receiver) {
        this.listener = receiver;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public void send(byte[] frame) {
        checkLength(frame.length);
        enqueue(frame, frame.length);
    }

    @Override
    public ByteBuf newFrame(int payloadBytes) {
        checkLength(payloadBytes);
        ByteBuf frame = channel.alloc().directBuffer(4 + payloadBytes, 4 + payloadBytes);
        return frame.writeInt(payloadBytes);
    }

    @Override
    public void send(ByteBuf frame) {
        assert !control : "a control frame needs its tag";
        assert frame.readableBytes() == 4 + frame.getInt(0) : "the frame is not filled";
        enqueue(frame, frame.readableBytes());
    }

    @Override
    public void send(byte[] head, FileChannel file, long offset, int bytes, Runnable done) {
        assert !control : "a control frame needs its tag";
        checkLength(head.length + bytes);
        enqueue(new FilePart(head, file, offset, bytes, done), head.length + bytes);
    }

    @Override
    public boolean isWritable() {
        if (queuedBytes.get() < HIGH_WATER_BYTES) {
            return true;
        }
        writableWanted.set(true);
        // The drain may have gone below the mark just before it could see the wish.
        return queuedBytes.get() < LOW_WATER_BYTES;
    }

    private void checkLength(int length) {
        if (length < 1 || length > maxFrameBytes) {
            throw new IllegalArgumentException(
                    "a frame of " + length + " bytes; 1 to " + maxFrameBytes + " are allowed");
        }
    }

    private void enqueue(Object frame, int length) {
        if (closing.get() || closed) {
            drop(frame);
            return;
        }
        long queued = queuedBytes.addAndGet(length);
        outbound.offer(frame);
        if (control && queued > CONTROL_LIMIT_BYTES) {
            onNetworkThread(
                    () ->
                            fail(
                                    new IOException(
                                            "the peer does not read: " + queued + " bytes wait")));
        }
        drainSoon();
    }

    private void drainSoon() {
        if (drainDue.compareAndSet(false, true)) {
            onNetworkThread(this::drain);
        }
    }

    private void onNetworkThread(Runnable action) {
        try {
            channel.eventLoop().execute(action);
        } catch (RejectedExecutionException e) {
            // The threads have ended, and with them every connection; nobody else drains now.
            dropQueued();
        }
    }

    private void drain() {
        boolean wrote = false;
        Object next;
        while (!closed && channel.isWritable() && (next = outbound.poll()) != null) {
            write(next);
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
        if (closed) {
            dropQueued();
        }
        drainDue.set(false);
        // While the channel is not writable, channelWritabilityChanged goes on.
        if (!outbound.isEmpty() && (closed || channel.isWritable())) {
            drainSoon();
        }
        if (queuedBytes.get() < LOW_WATER_BYTES && writableWanted.compareAndSet(true, false)) {
            tellWritable();
        }
    }

    private void tellWritable() {
        try {
            listener.onWritable();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void write(Object frame) {
        if (frame == GOODBYE) {
            writeSealed(new byte[0]);
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else if (frame instanceof FilePart part) {
            queuedBytes.addAndGet(-part.frameBytes());
            channel.write(part.head(channel.alloc()), channel.voidPromise());
            channel.write(part, channel.voidPromise());
        } else if (frame instanceof ByteBuf data) {
            queuedBytes.addAndGet(-data.readableBytes());
            channel.write(data, channel.voidPromise());
        } else {
            byte[] payload = (byte[]) frame;
            queuedBytes.addAndGet(-payload.length);
            writeSealed(payload);
        }
    }

    private void writeSealed(byte[] payload) {
        int tagBytes = sendingSeal == null ? 0 : FrameSeal.TAG_BYTES;
        ByteBuf frame = channel.alloc().directBuffer(4 + tagBytes + payload.length);
        frame.writeInt(payload.length);
        if (sendingSeal != null) {
            frame.writeBytes(sendingSeal.next(payload));
        }
        frame.writeBytes(payload);
        channel.write(frame, channel.voidPromise());
    }

    // Synchronized for senders that come after the network threads have ended; else the one drain
    // calls.
    private synchronized void dropQueued() {
        Object next;
        while ((next = outbound.poll()) != null) {
            drop(next);
        }
    }

    private static void drop(Object frame) {
        if (frame instanceof ReferenceCounted data) {
            data.release();
        }
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        outbound.offer(GOODBYE);
        drainSoon();
        try {
            channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed by the end of its network threads: peer={}", peer);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            reader.read(bytes, sink);
        } catch (IOException | RuntimeException e) {
            fail(e);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            drainSoon();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof VirtualMachineError || cause instanceof AssertionError) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
        }
        fail(cause);
    }

    void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        boolean orderly = failure == null && (peerSaidGoodbye || closing.get());
        if (!orderly && failure == null) {
            failure = new IOException("connection to " + peer + " broke: no goodbye came");
        }
        closed = true;
        closing.set(true);
        dropQueued();
        listener.onClosed(orderly ? null : failure);
    }
}
