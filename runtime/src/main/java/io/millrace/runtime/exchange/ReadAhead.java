package io.millrace.runtime.exchange;

import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What was read of the channels of a gate and not given out, in order. Confined to the task. */
final class ReadAhead {
    private final Queue[] queues;

    /** Of one channel. */
    private static final class Queue {
        private final ArrayDeque<Item> items = new ArrayDeque<>();
        private long bytes;
    }

    ReadAhead(int channels) {
        this.queues = new Queue[channels];
    }

    boolean has(int channel) {
        return queues[channel] != null;
    }

    boolean hasSpace(int channel, int maxItems, long maxBytes) {
        Queue queue = queues[channel];
        return queue == null || queue.items.size() < maxItems && queue.bytes < maxBytes;
    }

    void add(int channel, Item item) {
        Queue queue = queue(channel);
        queue.items.add(item);
        queue.bytes += bytesOf(item);
    }

    /** What is left of a chunk that was given out. */
    void addFirst(int channel, RecordChunk rest) {
        Queue queue = queue(channel);
        queue.items.addFirst(rest);
        queue.bytes += bytesOf(rest);
    }

    private Queue queue(int channel) {
        if (queues[channel] == null) {
            queues[channel] = new Queue();
        }
        return queues[channel];
    }

    /** Null if there is nothing. */
    Item poll(int channel) {
        Queue queue = queues[channel];
        if (queue == null) {
            return null;
        }
        Item item = queue.items.remove();
        queue.bytes -= bytesOf(item);
        if (queue.items.isEmpty()) {
            queues[channel] = null;
        }
        return item;
    }

    List<RecordChunk> chunks(int channel) {
        List<RecordChunk> chunks = new ArrayList<>();
        if (queues[channel] != null) {
            for (Item item : queues[channel].items) {
                if (item instanceof RecordChunk chunk) {
                    chunks.add(chunk);
                }
            }
        }
        return chunks;
    }

    private static int bytesOf(Item item) {
        return item instanceof RecordChunk chunk ? chunk.estimatedBytes : 0;
    }
}
