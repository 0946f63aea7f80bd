package io.millrace.runtime.exchange.remote;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.ControlEvent.Watermark;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.remote.DataFrame.Kind;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.wire.DataConnection;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The writing end of a channel to another worker. Confined to the producing task, except for the
 * methods named {@code on…}, which network threads and timers call.
 */
final class RemoteWriter implements ChannelWriter {
    /**
     * A longer chunk travels in pieces of this length, so that it does not hold up other channels.
     */
    static final int PIECE_BYTES = 512 << 10;

    private static final int LARGEST_CHUNK_BYTES = 1 << 30;

    private final ChannelId id;
    private final String consumerWorker;
    private final ChunkCodec codec;
    private final EncodeBuffers buffers;
    private final Runnable onSpace;
    private final Consumer<RemoteWriter> onClose;
    private final SendWindow window = new SendWindow();

    // Set by the thread that brings the two ends together, once; read by the task.
    private volatile Route route;
    // Set by network threads and timers, read by the task: what ended the channel from outside.
    private volatile ChannelFailure failure;
    private volatile boolean consumerClosed;
    // Set by the task after a refused offer, cleared by whoever wakes it.
    private volatile boolean waiting;

    // Of the task.
    private boolean ended;
    private boolean closed;
    private long bytesOut;
    private Future<?> openDeadline;

    /** Where the frames of this channel go. */
    private record Route(DataConnection connection, int channel) {}

    RemoteWriter(
            ChannelId id,
            String consumerWorker,
            ChunkCodec codec,
            EncodeBuffers buffers,
            Runnable onSpace,
            Consumer<RemoteWriter> onClose) {
        this.id = id;
        this.consumerWorker = consumerWorker;
        this.codec = codec;
        this.buffers = buffers;
        this.onSpace = onSpace;
        this.onClose = onClose;
    }

    ChannelId id() {
        return id;
    }

    String consumerWorker() {
        return consumerWorker;
    }

    /** The timer to cancel when the channel closes; set before the task has the writer. */
    void openDeadline(Future<?> deadline) {
        this.openDeadline = deadline;
    }

    void onSubscribed(DataConnection connection, int channel, long windowBytes) {
        window.onGranted(windowBytes);
        route = new Route(connection, channel);
        wake();
    }

    boolean isSubscribed() {
        return route != null;
    }

    void onGranted(long total) {
        window.onGranted(total);
        wake();
    }

    /** The consumer wants no more; what is offered from now on is dropped. */
    void onConsumerClosed() {
        consumerClosed = true;
        wake();
    }

    void onFailed(String what, Throwable cause) {
        if (failure == null) {
            failure = new ChannelFailure(what, cause);
        }
        wake();
    }

    /* The task raises the flag and looks once more; everybody else changes what it looks at first and
     * looks at the flag then. All of it is volatile, so one of the two sees the other.
     */
    void wake() {
        if (waiting) {
            waiting = false;
            onSpace.run();
        }
    }

    /** Also true if the next offer throws or drops: the task must come to learn of it. */
    @Override
    public boolean hasSpace() {
        if (failure != null || consumerClosed) {
            return true;
        }
        Route to = route;
        return to != null && window.isOpen() && to.connection().isWritable();
    }

    @Override
    public boolean offer(Item item) {
        if (!hasSpace()) {
            waiting = true;
            if (!hasSpace()) {
                return false;
            }
            waiting = false;
        }
        if (failure != null) {
            throw failure.toException();
        }
        if (item instanceof ControlEvent.EndOfInput) {
            ended = true;
        }
        if (!consumerClosed) {
            send(item);
        }
        return true;
    }

    private void send(Item item) {
        Route to = route;
        BinaryWriter out = buffers.take();
        try {
            if (item instanceof RecordChunk chunk) {
                DataFrame.head(out, Kind.CHUNK, to.channel());
                codec.encode(chunk, out);
            } else {
                encode((ControlEvent) item, to.channel(), out);
            }
            if (out.size() <= PIECE_BYTES) {
                sendFrame(to, out.array(), 0, out.size());
            } else {
                sendInPieces(to, out);
            }
        } finally {
            buffers.giveBack(out);
        }
    }

    private static void encode(ControlEvent event, int channel, BinaryWriter out) {
        switch (event.kind()) {
            case WATERMARK -> {
                DataFrame.head(out, Kind.WATERMARK, channel);
                out.writeLong(((Watermark) event).timestampMs());
            }
            case IDLE -> DataFrame.head(out, Kind.IDLE, channel);
            case ACTIVE -> DataFrame.head(out, Kind.ACTIVE, channel);
            case BARRIER -> DataFrame.barrier(out, channel, (ControlEvent.Barrier) event);
            case END_OF_INPUT -> DataFrame.head(out, Kind.END, channel);
        }
    }

    private void sendFrame(Route to, byte[] bytes, int from, int length) {
        ByteBuf frame = to.connection().newFrame(length);
        frame.writeBytes(bytes, from, length);
        to.connection().send(frame);
        count(length);
    }

    private void sendInPieces(Route to, BinaryWriter chunk) {
        if (chunk.size() > LARGEST_CHUNK_BYTES) {
            throw new MillraceException(
                    ErrorCode.USER_CODE_FAILED,
                    "a chunk of at most "
                            + RecordChunk.CAPACITY
                            + " records takes "
                            + chunk.size()
                            + " bytes on channel "
                            + id
                            + "; at most "
                            + LARGEST_CHUNK_BYTES
                            + " can travel. Make the records smaller, for instance by passing"
                            + " references to large objects.");
        }
        BinaryWriter head = new BinaryWriter(DataFrame.HEAD_BYTES);
        int at = DataFrame.HEAD_BYTES;
        while (at < chunk.size()) {
            int length = Math.min(PIECE_BYTES, chunk.size() - at);
            boolean last = at + length == chunk.size();
            head.clear();
            DataFrame.head(head, last ? Kind.CHUNK : Kind.CHUNK_PART, to.channel());
            ByteBuf frame = to.connection().newFrame(DataFrame.HEAD_BYTES + length);
            frame.writeBytes(head.array(), 0, DataFrame.HEAD_BYTES);
            frame.writeBytes(chunk.array(), at, length);
            to.connection().send(frame);
            count(DataFrame.HEAD_BYTES + length);
            at += length;
        }
    }

    private void count(int frameBytes) {
        window.onSent(DataFrame.cost(frameBytes));
        bytesOut += frameBytes;
    }

    @Override
    public void settle() {
        // The network has it already.
    }

    @Override
    public long bytesOut() {
        return bytesOut;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (openDeadline != null) {
            openDeadline.cancel(false);
        }
        Route to = route;
        if (to != null && !ended && failure == null && !consumerClosed) {
            to.connection().send(DataFrame.bare(Kind.ABORT, to.channel()));
        }
        onClose.accept(this);
    }
}
