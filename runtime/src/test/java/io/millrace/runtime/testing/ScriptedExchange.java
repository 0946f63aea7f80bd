package io.millrace.runtime.testing;

import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import io.millrace.runtime.exchange.Exchange;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The exchange around one task under test: its input comes from a script, its output is kept, and
 * it may be full now and then. Confined to the test.
 */
public final class ScriptedExchange implements Exchange {
    private final boolean fullEverySecondTime;
    private final Map<ChannelId, ArrayDeque<Item>> inputs = new HashMap<>();
    private final Map<ChannelId, List<Item>> outputs = new HashMap<>();
    private final List<Runnable> wakeUps = new ArrayList<>();
    private final List<ChannelId> closed = new ArrayList<>();
    private final List<Runnable> onItems = new ArrayList<>();
    private boolean closedForSpace;

    public ScriptedExchange(boolean fullEverySecondTime) {
        this.fullEverySecondTime = fullEverySecondTime;
    }

    /** Puts an item into the channel of a producer and wakes the task. */
    public void feed(int edgeId, int producerSubtask, Item item) {
        inputs.forEach(
                (id, queue) -> {
                    if (id.edgeId() == edgeId && id.producerSubtask() == producerSubtask) {
                        queue.add(item);
                    }
                });
        onItems.forEach(Runnable::run);
    }

    /** From now on every channel is full, or not. */
    public void full(boolean value) {
        closedForSpace = value;
    }

    /** How many items of a producer have not been read. */
    public int waiting(int edgeId, int producerSubtask) {
        int waiting = 0;
        for (Map.Entry<ChannelId, ArrayDeque<Item>> input : inputs.entrySet()) {
            if (input.getKey().edgeId() == edgeId
                    && input.getKey().producerSubtask() == producerSubtask) {
                waiting += input.getValue().size();
            }
        }
        return waiting;
    }

    /** What was written for a consumer, in order. */
    public List<Item> items(int edgeId, int consumerSubtask) {
        List<Item> items = new ArrayList<>();
        outputs.forEach(
                (id, written) -> {
                    if (id.edgeId() == edgeId && id.consumerSubtask() == consumerSubtask) {
                        items.addAll(written);
                    }
                });
        return items;
    }

    /** The records that were written for a consumer, in order. */
    public List<Object> records(int edgeId, int consumerSubtask) {
        List<Object> records = new ArrayList<>();
        for (Item item : items(edgeId, consumerSubtask)) {
            if (item instanceof RecordChunk chunk) {
                for (int i = 0; i < chunk.size; i++) {
                    records.add(chunk.values[i]);
                }
            }
        }
        return records;
    }

    /** The timestamps of the records that were written for a consumer, in order. */
    public List<Long> timestampsMs(int edgeId, int consumerSubtask) {
        List<Long> timestamps = new ArrayList<>();
        for (Item item : items(edgeId, consumerSubtask)) {
            if (item instanceof RecordChunk chunk) {
                for (int i = 0; i < chunk.size; i++) {
                    timestamps.add(chunk.timestampMs(i));
                }
            }
        }
        return timestamps;
    }

    /** The events that were written for a consumer, in order. */
    public List<ControlEvent> events(int edgeId, int consumerSubtask) {
        List<ControlEvent> events = new ArrayList<>();
        for (Item item : items(edgeId, consumerSubtask)) {
            if (item instanceof ControlEvent event) {
                events.add(event);
            }
        }
        return events;
    }

    public List<ChannelId> closed() {
        return closed;
    }

    @Override
    public ChannelWriter openWriter(
            ChannelId id, WorkerAddress consumer, Supplier<ChunkCodec> codec, Runnable onSpace) {
        List<Item> written = outputs.computeIfAbsent(id, key -> new ArrayList<>());
        wakeUps.add(onSpace);
        return new ChannelWriter() {
            private int offers;
            private Item refused;

            @Override
            public boolean offer(Item item) {
                if (refused != null && refused != item) {
                    throw new AssertionError("another item than the one that was refused");
                }
                boolean full = closedForSpace || (fullEverySecondTime && offers++ % 2 == 0);
                refused = full ? item : null;
                if (!full) {
                    written.add(item);
                }
                return !full;
            }

            @Override
            public boolean hasSpace() {
                return !closedForSpace;
            }

            @Override
            public void settle() {}

            @Override
            public long bytesOut() {
                return 0;
            }

            @Override
            public void close() {
                closed.add(id);
            }
        };
    }

    @Override
    public ChannelReader openReader(
            ChannelId id, WorkerAddress producer, Supplier<ChunkCodec> codec, Runnable onItem) {
        ArrayDeque<Item> queue = inputs.computeIfAbsent(id, key -> new ArrayDeque<>());
        onItems.add(onItem);
        return new ChannelReader() {
            @Override
            public Item poll() {
                return queue.poll();
            }

            @Override
            public long bytesIn() {
                return 0;
            }

            @Override
            public void close() {
                closed.add(id);
            }
        };
    }

    @Override
    public void releaseJob(JobId jobId) {
        // Nothing is kept beyond the test.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
