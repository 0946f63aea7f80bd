package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.ControlEvent.Watermark;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.ChannelWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What tests do at the two ends of a channel: chunks of text, and waiting for wake-ups. */
final class Ends {
    /** Counts wake-ups; a test waits for one instead of sleeping. */
    static final class Bell implements Runnable {
        private final Semaphore rings = new Semaphore(0);

        @Override
        public void run() {
            rings.release();
        }

        void await(String what) throws InterruptedException {
            if (!rings.tryAcquire(40, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody was woken: " + what);
            }
            rings.drainPermits();
        }
    }

    private Ends() {}

    static RecordChunk chunk(String... records) {
        RecordChunk chunk = new RecordChunk(false);
        for (String record : records) {
            chunk.add(record, RecordChunk.NO_TIMESTAMP);
        }
        return chunk;
    }

    static void write(ChannelWriter writer, Bell onSpace, Item item) throws InterruptedException {
        while (!writer.offer(item)) {
            onSpace.await("a writer that was refused");
        }
    }

    static Item read(ChannelReader reader, Bell onItem) throws InterruptedException {
        Item item;
        while ((item = reader.poll()) == null) {
            onItem.await("a reader that found nothing");
        }
        return item;
    }

    /** Reads to the end of input; chunks as their records, events as words. */
    static List<String> readAll(ChannelReader reader, Bell onItem) throws InterruptedException {
        List<String> all = new ArrayList<>();
        while (true) {
            Item item = read(reader, onItem);
            if (item instanceof RecordChunk chunk) {
                for (int i = 0; i < chunk.size; i++) {
                    all.add((String) chunk.values[i]);
                }
            } else if (item instanceof Watermark watermark) {
                all.add("watermark " + watermark.timestampMs());
            } else if (item instanceof ControlEvent.Barrier) {
                all.add(item.toString());
            } else {
                all.add(((ControlEvent) item).kind().name());
            }
            if (item instanceof ControlEvent.EndOfInput) {
                return all;
            }
        }
    }
}
