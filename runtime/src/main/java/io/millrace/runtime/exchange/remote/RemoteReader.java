package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.DrainPace;
import io.millrace.runtime.exchange.remote.DataFrame.Kind;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.wire.Connection;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jctools.queues.SpscUnboundedArrayQueue;

/**
 * The reading end of a channel from another worker. Confined to the consuming task, except for the
 * methods named {@code on…}, which network threads and timers call. What can be queued is bounded
 * by the window that the reader granted, and checked.
 */
final class RemoteReader implements ChannelReader {
    private static final int LARGEST_CHUNK_BYTES = (1 << 30) + DataFrame.HEAD_BYTES;

    private final ChannelId id;
    private final String producerWorker;
    private final ChunkCodec codec;
    private final Runnable onItem;
    private final Consumer<RemoteReader> onClose;
    private final ReceiveWindow window;
    private final DrainPace pace;
    // From the network thread to the task: whole frames.
    private final SpscUnboundedArrayQueue<byte[]> frames = new SpscUnboundedArrayQueue<>(64);

    // Set when the connection is there, before any frame arrives; read by the task to give credit.
    private volatile Connection connection;
    private volatile int channel;
    // Set by network threads and timers, read by the task.
    private volatile ChannelFailure failure;
    // Set by the task: "wake me", and "drop what still comes".
    private volatile boolean waiting;
    private volatile boolean closed;

    // Of the network thread.
    private boolean insideChunk;
    private long chunkBytes;

    // Of the task.
    private final List<byte[]> pieces = new ArrayList<>();
    private boolean ended;
    private long bytesIn;
    private long itemBytes;
    private long chunks;

    RemoteReader(
            ChannelId id,
            String producerWorker,
            ChunkCodec codec,
            long windowBytes,
            DrainPace pace,
            Runnable onItem,
            Consumer<RemoteReader> onClose) {
        this.id = id;
        this.producerWorker = producerWorker;
        this.codec = codec;
        this.window = new ReceiveWindow(windowBytes);
        this.pace = pace;
        this.onItem = onItem;
        this.onClose = onClose;
    }

    ChannelId id() {
        return id;
    }

    String producerWorker() {
        return producerWorker;
    }

    int channel() {
        return channel;
    }

    /** Given by the link when it takes the reader in. */
    void channel(int number) {
        channel = number;
    }

    void onConnected(Connection to) {
        connection = to;
    }

    /**
     * A frame of this channel: an item, or a piece of one. Throws if the peer had no credit for it.
     */
    void onFrame(Kind kind, byte[] frame) {
        if (closed) {
            return;
        }
        if (!window.onReceived(DataFrame.cost(frame.length), !insideChunk)) {
            throw new CorruptDataException(
                    "worker " + producerWorker + " sent without credit on channel " + id);
        }
        insideChunk = kind == Kind.CHUNK_PART;
        chunkBytes = insideChunk ? chunkBytes + frame.length : 0;
        if (chunkBytes > LARGEST_CHUNK_BYTES) {
            throw new CorruptDataException("a chunk has no end on channel " + id);
        }
        frames.offer(frame);
        wake();
    }

    void onFailed(String what, Throwable cause) {
        if (failure == null) {
            failure = new ChannelFailure(what, cause);
        }
        wake();
    }

    boolean isClosed() {
        return closed;
    }

    // As in RemoteWriter: change first, then look at the flag. The queue changes by an ordered
    // store
    // only, which the look could overtake without the fence.
    private void wake() {
        VarHandle.fullFence();
        if (waiting) {
            waiting = false;
            onItem.run();
        }
    }

    @Override
    public Item poll() {
        while (!ended) {
            byte[] frame = frames.poll();
            if (frame == null) {
                pace.onEmpty();
                frame = pollAgain();
                if (frame == null) {
                    return null;
                }
            }
            Item item = take(frame);
            itemBytes += frame.length;
            if (item != null) {
                window.resize(pace.onTaken(itemBytes));
                itemBytes = 0;
                return item;
            }
        }
        return null;
    }

    private byte[] pollAgain() {
        ChannelFailure found = failure; // before the queue: what arrived before the failure is read
        waiting = true;
        byte[] frame = frames.poll();
        if (frame != null) {
            waiting = false;
            return frame;
        }
        if (found != null) {
            throw found.toException();
        }
        if (failure != null) {
            return pollAgain();
        }
        return null;
    }

    /** Returns null after a piece of a chunk that has not ended. */
    private Item take(byte[] frame) {
        bytesIn += frame.length;
        Kind kind = DataFrame.kind(frame);
        if (kind != Kind.END) {
            giveCredit(frame.length);
        }
        return switch (kind) {
            case CHUNK -> decode(frame);
            case CHUNK_PART -> {
                pieces.add(frame);
                yield null;
            }
            case WATERMARK -> new ControlEvent.Watermark(DataFrame.body(frame).readLong());
            case IDLE -> new ControlEvent.Idle();
            case ACTIVE -> new ControlEvent.Active();
            case BARRIER -> DataFrame.barrier(frame);
            case END -> {
                ended = true;
                yield new ControlEvent.EndOfInput();
            }
            case IDENTIFY,
                    SUBSCRIBE,
                    CREDIT,
                    CANCEL,
                    ABORT,
                    REFUSED,
                    FETCH,
                    RANGE_PART,
                    RANGE_LOST ->
                    throw new IllegalStateException(kind + " is no item");
        };
    }

    private void giveCredit(int frameBytes) {
        long total = window.onConsumed(DataFrame.cost(frameBytes));
        if (total != 0) {
            connection.send(DataFrame.credit(channel, total));
        }
    }

    private Item decode(byte[] frame) {
        try {
            chunks++;
            RecordChunk chunk =
                    codec.decode(pieces.isEmpty() ? DataFrame.body(frame) : joined(frame));
            chunk.estimatedBytes = (int) Math.min(Integer.MAX_VALUE, itemBytes + frame.length);
            return chunk;
        } catch (CorruptDataException e) {
            throw new ChannelFailure(
                            "chunk "
                                    + chunks
                                    + " of channel "
                                    + id
                                    + " from worker "
                                    + producerWorker
                                    + " is damaged: "
                                    + e.getMessage()
                                    + ".",
                            e)
                    .toException();
        }
    }

    private BinaryReader joined(byte[] last) {
        pieces.add(last);
        int length = 0;
        for (byte[] piece : pieces) {
            length += piece.length - DataFrame.HEAD_BYTES;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            int body = piece.length - DataFrame.HEAD_BYTES;
            System.arraycopy(piece, DataFrame.HEAD_BYTES, whole, at, body);
            at += body;
        }
        pieces.clear();
        return new BinaryReader(whole);
    }

    @Override
    public long bytesIn() {
        return bytesIn;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        frames.clear();
        pieces.clear();
        onClose.accept(this);
    }
}
