package io.millrace.it;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Reads a topic on a thread of its own until it is told that no more comes. What it gives the
 * values to belongs to that thread until {@link #finish} has returned.
 */
final class KafkaFollower implements AutoCloseable {
    private final Thread thread;

    /** Set by those who know that the writer has ended, read by the reading thread. */
    private volatile boolean last;

    private volatile boolean closed;
    private volatile RuntimeException failure;

    private KafkaFollower(Supplier<KafkaConsumer<String, String>> open, Consumer<String> values) {
        this.thread = new Thread(() -> run(open, values), "follower");
        thread.setDaemon(true);
    }

    static KafkaFollower start(
            Supplier<KafkaConsumer<String, String>> open, Consumer<String> values) {
        KafkaFollower follower = new KafkaFollower(open, values);
        follower.thread.start();
        return follower;
    }

    private void run(Supplier<KafkaConsumer<String, String>> open, Consumer<String> values) {
        try (KafkaConsumer<String, String> consumer = open.get()) {
            while (!last && !closed) {
                KafkaTopic.poll(consumer, values);
            }
            if (!closed) {
                KafkaTopic.readToEnd(consumer, values);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Reads what is left, and returns then. */
    void finish() {
        last = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        if (failure != null) {
            throw new AssertionError("the topic was not read", failure);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
