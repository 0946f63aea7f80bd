package io.millrace.runtime.exchange.local;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.DrainPace;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.jctools.queues.SpscArrayQueue;

/** A bounded queue of items between two tasks. Each end is confined to its task. */
/* Wake-ups happen only when the other side waits, and they are few: one costs as much as passing on
 * hundreds of records. A reader is woken when half of the queue is full, or else when the writer's turn
 * ends; a writer when half of it is free again.
 *
 * A side that finds nothing to do raises its flag and looks once more; the other side looks at the flag
 * after it changed the queue. One of them sees the other if neither look overtakes the change before
 * it: the flags are volatile, but the queue changes by ordered stores only, which a later load may
 * overtake, so a full fence stands between. A wake-up too many is harmless.
 *
 * Bounded by items and by bytes: what the writer has estimated of each chunk, against a limit that
 * follows the reader's pace. At least one item is always taken.
 */
final class LocalChannel {
    private final ChannelId id;
    private final SpscArrayQueue<Item> queue;
    private final int capacityItems;
    private final DrainPace pace;
    private final int halfItems;
    private final Runnable onForgotten;
    private final AtomicInteger openEnds = new AtomicInteger(2);

    // Written by each end's task, read by the other's: "wake me", and "I am gone".
    private volatile boolean readerWaits;
    private volatile boolean writerWaits;
    private volatile boolean readerGone;
    private volatile boolean writerGone;
    // Written by the reader's task, read by the writer's: bytes taken since the beginning, and how
    // many more may be queued.
    private volatile long bytesTaken;
    private volatile long limitBytes;
    // Written once, when an end opens; until then nobody waits at that end.
    private volatile Runnable onItem = () -> {};
    private volatile Runnable onSpace = () -> {};

    /**
     * @param maxBytes the most that may be queued, by estimate; one item may go beyond
     * @param pace of the reader, with the same maximum
     */
    LocalChannel(
            ChannelId id, int capacityItems, long maxBytes, DrainPace pace, Runnable onForgotten) {
        this.id = id;
        this.capacityItems = capacityItems;
        this.limitBytes = maxBytes;
        this.pace = pace;
        this.halfItems = (capacityItems + 1) / 2;
        this.queue = new SpscArrayQueue<>(capacityItems);
        this.onForgotten = onForgotten;
    }

    void onItem(Runnable callback) {
        onItem = callback;
    }

    void onSpace(Runnable callback) {
        onSpace = callback;
    }

    ChannelWriter writer() {
        return new Writer();
    }

    ChannelReader reader() {
        return new Reader();
    }

    /** Both ends are told that the other is gone. */
    void release() {
        readerGone = true;
        writerGone = true;
        onItem.run();
        onSpace.run();
        onForgotten.run();
    }

    private void endClosed() {
        if (openEnds.decrementAndGet() == 0) {
            onForgotten.run();
        }
    }

    private final class Writer implements ChannelWriter {
        private boolean closed;
        private long bytesOffered;

        @Override
        public boolean offer(Item item) {
            if (readerGone) {
                throw new MillraceException(
                        ErrorCode.EXCHANGE_FAILED,
                        "the reader of channel " + id + " is gone; the job restarts if it may.");
            }
            if (!hasSpace()) {
                writerWaits = true;
                if (!hasSpace()) {
                    return false;
                }
                writerWaits = false;
            }
            if (item instanceof RecordChunk chunk) {
                bytesOffered += chunk.estimatedBytes;
            }
            queue.offer(item);
            if (readerWaits && isHalfFull()) {
                wakeReader();
            }
            return true;
        }

        @Override
        public void settle() {
            VarHandle.fullFence(); // the item before the look at the flag
            if (readerWaits) {
                wakeReader();
            }
        }

        private boolean isHalfFull() {
            return queue.size() >= halfItems || bytesOffered - bytesTaken >= limitBytes / 2;
        }

        private void wakeReader() {
            readerWaits = false;
            onItem.run();
        }

        // The queue rounds its capacity up to a power of two; the limit is the one that was asked
        // for.
        @Override
        public boolean hasSpace() {
            return queue.size() < capacityItems && bytesOffered - bytesTaken < limitBytes;
        }

        @Override
        public long bytesOut() {
            return 0;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                writerGone = true;
                onItem.run();
                endClosed();
            }
        }
    }

    private final class Reader implements ChannelReader {
        private boolean closed;
        private boolean ended;
        private long bytesPolled;

        @Override
        public Item poll() {
            Item item = queue.poll();
            if (item == null) {
                pace.onEmpty();
                item = pollAgain();
            }
            if (item instanceof RecordChunk chunk) {
                bytesPolled += chunk.estimatedBytes;
                limitBytes = pace.onTaken(chunk.estimatedBytes);
                bytesTaken = bytesPolled;
            }
            VarHandle.fullFence();
            if (writerWaits && queue.size() <= capacityItems - halfItems) {
                writerWaits = false;
                onSpace.run();
            }
            if (item instanceof ControlEvent.EndOfInput) {
                ended = true;
            }
            return item;
        }

        private Item pollAgain() {
            boolean gone = writerGone;
            readerWaits = true;
            Item item = queue.poll();
            if (item != null) {
                readerWaits = false;
            } else if (gone && !ended) {
                throw new MillraceException(
                        ErrorCode.EXCHANGE_FAILED,
                        "the writer of channel "
                                + id
                                + " is gone before its end of input; the job restarts if it may.");
            }
            return item;
        }

        @Override
        public long bytesIn() {
            return 0;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                readerGone = true;
                queue.clear();
                onSpace.run();
                endClosed();
            }
        }
    }
}
