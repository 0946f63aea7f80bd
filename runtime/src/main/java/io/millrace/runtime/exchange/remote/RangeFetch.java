package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.exchange.remote.DataFrame.Fetch;
import io.millrace.runtime.exchange.stored.RangeBytes;
import io.millrace.runtime.exchange.stored.ResultLostException;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.wire.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * The bytes of a slice of a result that come from another worker. Confined to the reading task, but
 * for the methods named {@code on…}, which network threads call. What waits here is bounded by the
 * window that was granted, and checked.
 */
final class RangeFetch implements RangeBytes {
    private final ResultId id;
    private final ResultSlice slice;
    private final long bytes;
    private final String worker;
    private final long windowBytes;
    private final Runnable onBytes;
    private final Consumer<RangeFetch> onClose;
    private final ReceiveWindow window;
    // Set by the link, once, before the task polls.
    private int channel;
    // Guarded by this: what the network thread and the task both touch.
    private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
    private boolean waiting;
    private boolean closed;
    private ResultLostException lost;
    private Connection connection;
    // Of the network thread.
    private long receivedBytes;

    RangeFetch(
            ResultId id,
            ResultSlice slice,
            String worker,
            long windowBytes,
            Runnable onBytes,
            Consumer<RangeFetch> onClose) {
        this.id = id;
        this.slice = slice;
        this.bytes = slice.bytes();
        this.worker = worker;
        this.windowBytes = windowBytes;
        this.window = new ReceiveWindow(windowBytes);
        this.onBytes = onBytes;
        this.onClose = onClose;
    }

    ResultId id() {
        return id;
    }

    int channel() {
        return channel;
    }

    /** Given by the link when it takes the fetch in. */
    void channel(int number) {
        channel = number;
    }

    Fetch request() {
        return new Fetch(id, slice.from(), slice.to(), bytes, windowBytes);
    }

    synchronized void onConnected(Connection to) {
        connection = to;
    }

    /** A part came; returns whether it was the last. Throws if the peer had no credit for it. */
    boolean onPart(byte[] frame) {
        receivedBytes += frame.length - DataFrame.HEAD_BYTES;
        if (receivedBytes > bytes || frame.length <= DataFrame.HEAD_BYTES) {
            throw new CorruptDataException(
                    "worker "
                            + worker
                            + " sent "
                            + receivedBytes
                            + " bytes of "
                            + bytes
                            + " of result "
                            + id
                            + ", "
                            + slice.describe());
        }
        if (!window.onReceived(DataFrame.cost(frame.length), true)) {
            throw new CorruptDataException(
                    "worker " + worker + " sent of result " + id + " without credit");
        }
        boolean wake;
        synchronized (this) {
            if (!closed) {
                frames.add(frame);
            }
            wake = waiting;
            waiting = false;
        }
        if (wake) {
            onBytes.run();
        }
        return receivedBytes == bytes;
    }

    void onLost(String what, Throwable cause) {
        synchronized (this) {
            if (lost != null || closed) {
                return;
            }
            lost = new ResultLostException(id, where(receivedBytes) + " is lost: " + what, cause);
            waiting = false;
        }
        onBytes.run();
    }

    @Override
    public ByteBuffer poll() {
        byte[] frame;
        Connection to;
        synchronized (this) {
            frame = frames.poll();
            to = connection;
            if (frame == null) {
                if (lost != null) {
                    throw lost;
                }
                waiting = true;
                return null;
            }
        }
        long total = window.onConsumed(DataFrame.cost(frame.length));
        if (total != 0) {
            to.send(DataFrame.credit(channel, total));
        }
        return ByteBuffer.wrap(frame, DataFrame.HEAD_BYTES, frame.length - DataFrame.HEAD_BYTES);
    }

    @Override
    public String where(long position) {
        return "result "
                + id
                + ", "
                + slice.describe()
                + ", byte "
                + position
                + " of "
                + bytes
                + ", at worker "
                + worker;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            frames.clear();
        }
        onClose.accept(this);
    }
}
