package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.ArrayDeque;

/**
 * The channels that one task writes for one edge: fills chunks, hands them over, and keeps what a
 * full channel refused. Confined to its task.
 *
 * <p>A chunk leaves when it is full, when an event follows it, or at {@link #flush}; on channels
 * that are read at the end only when it is full, or at the end. It is full at a number of records,
 * or fewer if they are large. What a channel refuses waits in a pending list; beyond a number of
 * items or bytes the append itself waits by the {@link SpaceWaiter}.
 */
public final class EdgeOutput implements AutoCloseable {
    /** Small records fill a chunk by number, those above 256 bytes by this. */
    private static final int CHUNK_BYTES = 64 << 10;

    private static final long MAX_PENDING_BYTES = 512 << 10;

    private final ChannelWriter[] writers;
    private final RecordChunk[] open;
    private final ArrayDeque<Item>[] pending;
    private final boolean keyed;
    private final int chunkRecords;
    private final int maxPendingItems;
    private final boolean readAtTheEnd;
    private final SpaceWaiter waiter;
    private final RecordSizes sizes;
    private final ThreadCheck threads;
    private int recordBytes;
    // Channels that were offered something since the last settling, each once.
    private final int[] unsettled;
    private final boolean[] isUnsettled;
    private int unsettledCount;
    private int pendingItems;
    private long pendingBytes;
    private long recordsOut;
    private long watermarkMs = Long.MIN_VALUE;

    /** What a task does when it must not go on before a channel has space. */
    @FunctionalInterface
    public interface SpaceWaiter {
        /** Returns once {@link EdgeOutput#drain} was true, or throws to end the turn. */
        void await(EdgeOutput output);
    }

    /** Whether the calling thread may write here. */
    @FunctionalInterface
    public interface ThreadCheck {
        /** Throws if it may not. */
        void check();
    }

    /**
     * @param writers in the order of the consumers; handed over
     * @param chunkRecords records of a full chunk, 1 to {@link RecordChunk#CAPACITY}
     * @param sizes of the records of the edge; handed over
     * @param threads asked for each chunk
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public EdgeOutput(
            ChannelWriter[] writers,
            boolean keyed,
            int chunkRecords,
            SpaceWaiter waiter,
            RecordSizes sizes,
            ThreadCheck threads) {
        this.writers = writers;
        this.keyed = keyed;
        this.chunkRecords = chunkRecords;
        this.waiter = waiter;
        this.sizes = sizes;
        this.threads = threads;
        this.readAtTheEnd = writers.length > 0 && writers[0].isReadAtTheEnd();
        this.open = new RecordChunk[writers.length];
        this.pending = new ArrayDeque[writers.length];
        for (int i = 0; i < writers.length; i++) {
            pending[i] = new ArrayDeque<>();
        }
        this.unsettled = new int[writers.length];
        this.isUnsettled = new boolean[writers.length];
        this.maxPendingItems = Math.max(64, 2 * writers.length);
    }

    int channels() {
        return writers.length;
    }

    void append(int channel, Object record, long timestampMs) {
        RecordChunk chunk = open[channel];
        if (chunk == null) {
            chunk = open[channel] = newChunk(record);
        }
        chunk.add(record, timestampMs);
        if (chunk.size == chunk.limit) {
            leave(channel, chunk);
        }
    }

    void append(int channel, Object record, long timestampMs, int keyHash) {
        RecordChunk chunk = open[channel];
        if (chunk == null) {
            chunk = open[channel] = newChunk(record);
        }
        chunk.add(record, timestampMs, keyHash);
        if (chunk.size == chunk.limit) {
            leave(channel, chunk);
        }
    }

    private RecordChunk newChunk(Object first) {
        RecordChunk chunk = new RecordChunk(keyed);
        recordBytes = sizes.onFirstOfChunk(first);
        chunk.limit = Math.max(1, Math.min(chunkRecords, CHUNK_BYTES / recordBytes));
        return chunk;
    }

    private void leave(int channel, RecordChunk chunk) {
        close(channel, chunk);
        send(channel, chunk);
    }

    private void close(int channel, RecordChunk chunk) {
        threads.check();
        open[channel] = null;
        recordsOut += chunk.size;
        sizes.onLeft(chunk.size);
        chunk.estimatedBytes = (int) Math.min(Integer.MAX_VALUE, (long) recordBytes * chunk.size);
    }

    private void send(int channel, Item item) {
        if (offerOrKeep(channel, item)) {
            return;
        }
        if (pendingItems > maxPendingItems || pendingBytes > MAX_PENDING_BYTES) {
            waiter.await(this);
        }
    }

    /** Returns false if the item is pending now. */
    private boolean offerOrKeep(int channel, Item item) {
        if (pending[channel].isEmpty() && offer(channel, item)) {
            return true;
        }
        pending[channel].add(item);
        pendingItems++;
        pendingBytes += bytesOf(item);
        return false;
    }

    private boolean offer(int channel, Item item) {
        if (!writers[channel].offer(item)) {
            return false;
        }
        if (!isUnsettled[channel]) {
            isUnsettled[channel] = true;
            unsettled[unsettledCount++] = channel;
        }
        return true;
    }

    /** The task ends its turn or waits: readers that sleep are told of what they were sent. */
    public void settle() {
        while (unsettledCount > 0) {
            int channel = unsettled[--unsettledCount];
            isUnsettled[channel] = false;
            writers[channel].settle();
        }
    }

    /** Sends an event on all channels, behind everything appended so far. */
    public void send(ControlEvent event) {
        if (event instanceof ControlEvent.Watermark watermark) {
            watermarkMs = watermark.timestampMs();
        }
        if (readAtTheEnd && event.kind() != ControlEvent.Kind.END_OF_INPUT) {
            return;
        }
        leaveAll();
        for (int channel = 0; channel < writers.length; channel++) {
            send(channel, event);
        }
    }

    /**
     * Sends a barrier on all channels, behind everything appended so far, and never waits: what a
     * channel refuses is pending, whatever the limit.
     */
    public void sendBarrier(ControlEvent.Barrier barrier) {
        for (int channel = 0; channel < writers.length; channel++) {
            RecordChunk chunk = open[channel];
            if (chunk != null) {
                close(channel, chunk);
                offerOrKeep(channel, chunk);
            }
            offerOrKeep(channel, barrier);
        }
    }

    /** Lets the chunks go that are not full, if somebody waits for them. */
    public void flush() {
        if (!readAtTheEnd) {
            leaveAll();
        }
    }

    private void leaveAll() {
        for (int channel = 0; channel < writers.length; channel++) {
            RecordChunk chunk = open[channel];
            if (chunk != null) {
                leave(channel, chunk);
            }
        }
    }

    /** Offers again what was refused. Returns true if nothing is pending afterwards. */
    public boolean drain() {
        if (pendingItems == 0) {
            return true;
        }
        for (int channel = 0; channel < writers.length; channel++) {
            ArrayDeque<Item> queue = pending[channel];
            while (!queue.isEmpty() && offer(channel, queue.peek())) {
                pendingBytes -= bytesOf(queue.remove());
                pendingItems--;
            }
        }
        return pendingItems == 0;
    }

    private static int bytesOf(Item item) {
        return item instanceof RecordChunk chunk ? chunk.estimatedBytes : 0;
    }

    /** Whether nothing that was appended is still here, but for chunks that are not full. */
    public boolean isDrained() {
        return pendingItems == 0;
    }

    /** The highest watermark that was sent; {@code Long.MIN_VALUE} if none was. */
    public long watermarkMs() {
        return watermarkMs;
    }

    public long recordsOut() {
        return recordsOut;
    }

    public long bytesOut() {
        long bytes = 0;
        for (ChannelWriter writer : writers) {
            bytes += writer.bytesOut();
        }
        return bytes;
    }

    /** Ends the channels; pending items are dropped. */
    @Override
    public void close() {
        for (ChannelWriter writer : writers) {
            writer.close();
        }
    }
}
