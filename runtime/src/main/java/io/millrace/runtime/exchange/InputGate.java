package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Merges the channels of one input: fair between channels that have items, and one event where the
 * channels' events agree. Confined to its task, but for {@link #signal}.
 */
/* Channels that may have an item stand in a ring; one that had none leaves it and comes back by a
 * signal. So a poll costs nothing for silent channels, however many there are.
 */
public final class InputGate implements AutoCloseable {
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

    /**
     * @param channels how many readers will be {@link #connect}ed before the first poll
     */
    public InputGate(int channels) {
        this.readers = new ChannelReader[channels];
        this.merger = new WatermarkMerger(channels);
        this.ring = new int[channels];
        this.inRing = new boolean[channels];
        this.signals = new AtomicLongArray((channels + 63) / 64);
    }

    /** Takes the reader of a channel; closes it later. */
    public void connect(int channel, ChannelReader reader) {
        readers[channel] = reader;
        enter(channel);
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
     * The next chunk, or an event on which all channels agree, or null if there is none now. The
     * last item is the end of input.
     */
    public Item poll() {
        while (true) {
            takeSignals();
            if (ringCount == 0) {
                return null;
            }
            int channel = ring[ringHead];
            ringHead = ringHead + 1 == ring.length ? 0 : ringHead + 1;
            ringCount--;
            inRing[channel] = false;
            Item item = readers[channel].poll();
            if (item == null) {
                continue;
            }
            if (item instanceof RecordChunk chunk) {
                enter(channel);
                recordsIn += chunk.size;
                merger.onRecords(channel);
                return chunk;
            }
            Item merged = onEvent(channel, (ControlEvent) item);
            if (merged != null) {
                return merged;
            }
        }
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
            case END_OF_INPUT -> {
                ended++;
                yield ended == readers.length ? event : merger.onEnd(channel);
            }
        };
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
