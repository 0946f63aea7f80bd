package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Merges the channels of one input: fair between channels that have items, and one event where the
 * channels' events agree. Barriers end here: they are told to the {@link BarrierAligner}. Confined
 * to its task, but for {@link #signal}.
 */
/* Channels that may have an item stand in a ring; one that had none leaves it and comes back by a
 * signal. So a poll costs nothing for silent channels, however many there are. A channel that the aligner
 * blocks leaves the ring, too, and comes back when the aligner releases channels.
 */
public final class InputGate implements AutoCloseable {
    private static final int RESTORED = -1;

    private final ChannelReader[] readers;
    private final WatermarkMerger merger;
    private final int[] ring;
    private final boolean[] inRing;
    private int ringHead;
    private int ringCount;
    private int ended;
    private long recordsIn;
    // One bit for each channel that has been signalled: set by any thread, taken by the task.
    private final AtomicLongArray signals;
    private final BarrierAligner aligner;
    private final int firstChannel;
    private final ReadAhead readAhead;
    private int releasesSeen;
    // Of the chunk that was polled last; -1 for one that a checkpoint has left.
    private int lastChannel = RESTORED;
    // Comes before anything else that is polled; null most of the time.
    private ControlEvent following;
    // Records that a checkpoint has left: before anything of any channel.
    private final ArrayDeque<RecordChunk> restored = new ArrayDeque<>();

    /**
     * @param channels how many readers will be {@link #connect}ed before the first poll
     * @param aligner of the task's gates; used, not owned
     * @param firstChannel the number of this gate's first channel for the aligner
     */
    public InputGate(int channels, BarrierAligner aligner, int firstChannel) {
        this.aligner = aligner;
        this.firstChannel = firstChannel;
        this.readAhead = new ReadAhead(channels);
        this.readers = new ChannelReader[channels];
        this.merger = WatermarkMerger.ofChannels(channels);
        this.ring = new int[channels];
        this.inRing = new boolean[channels];
        this.signals = new AtomicLongArray((channels + 63) / 64);
    }

    /** Takes the reader of a channel; closes it later. */
    public void connect(int channel, ChannelReader reader) {
        readers[channel] = reader;
        enter(channel);
    }

    /** Records that were on their way at a checkpoint; before the first poll. */
    public void restore(List<RecordChunk> chunks) {
        restored.addAll(chunks);
        if (!restored.isEmpty()) {
            for (int channel = 0; channel < readers.length; channel++) {
                aligner.onAhead(firstChannel + channel, true);
            }
        }
    }

    /** What is left of {@link #restore}; not a copy. */
    public Collection<RecordChunk> restored() {
        return restored;
    }

    private RecordChunk takeRestored(int maxRecords) {
        RecordChunk chunk = restored.remove();
        if (chunk.size > maxRecords) {
            restored.addFirst(chunk.part(maxRecords, chunk.size));
            chunk = chunk.part(0, maxRecords);
        }
        recordsIn += chunk.size;
        lastChannel = RESTORED;
        if (restored.isEmpty()) {
            for (int channel = 0; channel < readers.length; channel++) {
                aligner.onAhead(firstChannel + channel, readAhead.has(channel));
            }
        }
        return chunk;
    }

    /** The channel may have an item, or its peer is gone. Any thread. */
    public void signal(int channel) {
        long bit = 1L << (channel & 63);
        int word = channel >> 6;
        long before;
        do {
            before = signals.get(word);
        } while ((before & bit) == 0 && !signals.compareAndSet(word, before, before | bit));
    }

    /**
     * The next chunk, or an event on which all channels agree, or null if there is none now, or if
     * the aligner came to a cut meanwhile. The last item is the end of input.
     */
    public Item poll() {
        return poll(RecordChunk.CAPACITY);
    }

    /**
     * The same with at most so many records. What is left of a chunk comes first the next time, and
     * belongs to a snapshot that overtakes it as what has been read ahead does.
     *
     * @param maxRecords at least 1
     */
    public Item poll(int maxRecords) {
        if (!restored.isEmpty()) {
            return takeRestored(maxRecords);
        }
        if (following != null) {
            ControlEvent event = following;
            following = null;
            return event;
        }
        while (true) {
            takeReleased();
            takeSignals();
            if (ringCount == 0) {
                return null;
            }
            int channel = ring[ringHead];
            ringHead = ringHead + 1 == ring.length ? 0 : ringHead + 1;
            ringCount--;
            inRing[channel] = false;
            Item item = next(channel);
            if (item == null) {
                continue;
            }
            if (item instanceof RecordChunk chunk) {
                enter(channel);
                RecordChunk taken = take(channel, chunk, maxRecords);
                recordsIn += taken.size;
                lastChannel = channel;
                // The event says of all channels what the records already say of this one.
                following = merger.onRecords(channel);
                return taken;
            }
            Item merged = onEvent(channel, (ControlEvent) item);
            if (merged != null) {
                following = merger.takeFollowing();
                return merged;
            }
            if (aligner.due() != null) {
                return null;
            }
        }
    }

    /**
     * Takes back the end of the chunk that was polled last: it comes first the next time, as what
     * is left of a chunk that was polled in part. Before the next poll.
     */
    public void giveBack(RecordChunk rest) {
        recordsIn -= rest.size;
        if (lastChannel == RESTORED) {
            restored.addFirst(rest);
            for (int channel = 0; channel < readers.length; channel++) {
                aligner.onAhead(firstChannel + channel, true);
            }
            return;
        }
        readAhead.addFirst(lastChannel, rest);
        aligner.onAhead(firstChannel + lastChannel, true);
    }

    private Item next(int channel) {
        Item queued = readAhead.poll(channel);
        if (queued != null) {
            if (!readAhead.has(channel)) {
                aligner.onAhead(firstChannel + channel, false);
            }
            return queued;
        }
        return aligner.isBlocked(firstChannel + channel) ? null : readers[channel].poll();
    }

    private RecordChunk take(int channel, RecordChunk chunk, int maxRecords) {
        if (chunk.size <= maxRecords) {
            return chunk;
        }
        readAhead.addFirst(channel, chunk.part(maxRecords, chunk.size));
        aligner.onAhead(firstChannel + channel, true);
        return chunk.part(0, maxRecords);
    }

    private Item onEvent(int channel, ControlEvent event) {
        return switch (event.kind()) {
            case WATERMARK -> {
                enter(channel);
                yield merger.onWatermark(channel, ((ControlEvent.Watermark) event).timestampMs());
            }
            case IDLE -> {
                enter(channel);
                yield merger.onIdle(channel);
            }
            case ACTIVE -> {
                enter(channel);
                yield merger.onActive(channel);
            }
            case BARRIER -> {
                enter(channel);
                aligner.onBarrier(firstChannel + channel, (ControlEvent.Barrier) event);
                yield null;
            }
            case END_OF_INPUT -> {
                aligner.onEnd(firstChannel + channel);
                ended++;
                yield ended == readers.length ? event : merger.onEnd(channel);
            }
        };
    }

    /**
     * Reads the channels that the aligner wants to be read ahead, as far as the limits allow.
     * Returns how many items that were.
     *
     * @param maxItems that may wait for each channel
     * @param maxBytes that may wait for each channel, by estimate; one item may go beyond
     */
    public int readAhead(int maxItems, long maxBytes) {
        int read = 0;
        for (int channel = 0; channel < readers.length; channel++) {
            while (aligner.isReadAhead(firstChannel + channel)
                    && readAhead.hasSpace(channel, maxItems, maxBytes)) {
                Item item = readers[channel].poll();
                if (item == null) {
                    break;
                }
                read++;
                onAhead(channel, item);
            }
        }
        return read;
    }

    private void onAhead(int channel, Item item) {
        if (item instanceof ControlEvent.Barrier barrier) {
            aligner.onBarrier(firstChannel + channel, barrier);
            return;
        }
        readAhead.add(channel, item);
        aligner.onAhead(firstChannel + channel, true);
        if (item instanceof ControlEvent.EndOfInput) {
            aligner.onEnd(firstChannel + channel);
        }
        if (!inRing[channel]) {
            enter(channel);
        }
    }

    /** Whether the oldest checkpoint waits for a barrier of any channel. */
    public boolean awaitsBarrier() {
        for (int channel = 0; channel < readers.length; channel++) {
            if (aligner.awaits(firstChannel + channel)) {
                return true;
            }
        }
        return false;
    }

    /** The chunks of a channel that have been read and not been given out; not a copy. */
    public List<RecordChunk> queued(int channel) {
        return readAhead.chunks(channel);
    }

    /** How far the channels have come; not to be changed. */
    public WatermarkMerger time() {
        return merger;
    }

    public int channels() {
        return readers.length;
    }

    private void takeReleased() {
        if (releasesSeen == aligner.releases()) {
            return;
        }
        releasesSeen = aligner.releases();
        for (int channel = 0; channel < readers.length; channel++) {
            if (!inRing[channel]) {
                enter(channel);
            }
        }
    }

    private void enter(int channel) {
        int tail = ringHead + ringCount;
        ring[tail >= ring.length ? tail - ring.length : tail] = channel;
        inRing[channel] = true;
        ringCount++;
    }

    private void takeSignals() {
        for (int word = 0; word < signals.length(); word++) {
            if (signals.get(word) == 0) {
                continue;
            }
            long bits = signals.getAndSet(word, 0);
            while (bits != 0) {
                int channel = (word << 6) + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                if (!inRing[channel]) {
                    enter(channel);
                }
            }
        }
    }

    public long recordsIn() {
        return recordsIn;
    }

    public long bytesIn() {
        long bytes = 0;
        for (ChannelReader reader : readers) {
            bytes += reader.bytesIn();
        }
        return bytes;
    }

    @Override
    public void close() {
        for (ChannelReader reader : readers) {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
