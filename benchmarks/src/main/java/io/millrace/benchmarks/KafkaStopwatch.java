package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Reads what a {@link KafkaPacer} has written, or a copy of it, and notes how old each record is.
 * On a thread of its own; thread-safe.
 */
final class KafkaStopwatch implements AutoCloseable {
    private static final long WAIT_MS = 60_000;

    private final Thread thread;
    private final List<Seen> seen = new ArrayList<>(); // guarded by itself: reader and who asks
    private volatile boolean closed;

    /** A record, by when it was due and how late it came. */
    record Seen(long sentNanos, long ageNanos) {}

    private KafkaStopwatch(KafkaConsumer<byte[], byte[]> consumer) {
        this.thread = new Thread(() -> run(consumer), "stopwatch");
        thread.setDaemon(true);
    }

    /**
     * @param consumer closed at the end
     */
    static KafkaStopwatch start(KafkaConsumer<byte[], byte[]> consumer) {
        KafkaStopwatch stopwatch = new KafkaStopwatch(consumer);
        stopwatch.thread.start();
        return stopwatch;
    }

    private void run(KafkaConsumer<byte[], byte[]> consumer) {
        try (consumer) {
            while (!closed) {
                var polled = consumer.poll(Duration.ofMillis(100));
                long now = System.nanoTime();
                synchronized (seen) {
                    for (ConsumerRecord<byte[], byte[]> each : polled) {
                        long sent = KafkaTopics.number(each.value());
                        seen.add(new Seen(sent, now - sent));
                    }
                    seen.notifyAll();
                }
            }
        }
    }

    List<Seen> soFar() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** Waits until so many have come. */
    List<Seen> awaitAll(long records) throws IOException {
        long deadline = System.currentTimeMillis() + WAIT_MS;
        synchronized (seen) {
            while (seen.size() < records) {
                long left = deadline - System.currentTimeMillis();
                if (left <= 0) {
                    throw new IOException(seen.size() + " records of " + records + " came");
                }
                try {
                    seen.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
            return List.copyOf(seen);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
