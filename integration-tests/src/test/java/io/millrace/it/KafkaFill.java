package io.millrace.it;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes numbered records to a topic at a steady pace, on a thread of its own. Thread-safe. */
final class KafkaFill implements AutoCloseable {
    private final Thread thread;

    /** Written by the filling thread, read by those who ask. */
    private volatile long written;

    private volatile boolean closed;
    private volatile Exception failure;

    private KafkaFill(
            String brokers,
            long records,
            int perSecond,
            LongFunction<ProducerRecord<String, String>> each) {
        this.thread = new Thread(() -> run(brokers, records, perSecond, each), "fill");
        thread.setDaemon(true);
    }

    static KafkaFill start(
            String brokers,
            long records,
            int perSecond,
            LongFunction<ProducerRecord<String, String>> each) {
        KafkaFill fill = new KafkaFill(brokers, records, perSecond, each);
        fill.thread.start();
        return fill;
    }

    private void run(
            String brokers,
            long records,
            int perSecond,
            LongFunction<ProducerRecord<String, String>> each) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", brokers,
                        "linger.ms", 20,
                        "batch.size", 65536,
                        "delivery.timeout.ms", 600_000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            long began = System.nanoTime();
            while (written < records && !closed) {
                double seconds = (System.nanoTime() - began) / 1e9;
                long due = Math.min(records, (long) (seconds * perSecond) + 1);
                for (long i = written; i < due; i++) {
                    producer.send(each.apply(i), (metadata, e) -> onSent(e));
                }
                written = due;
                LockSupport.parkNanos(5_000_000);
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void onSent(Exception e) {
        if (e != null) {
            failure = e;
        }
    }

    /** How many were handed to the producer. */
    long written() {
        return written;
    }

    /** Waits until the broker has all. */
    void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        if (failure != null) {
            throw new AssertionError("the topic was not filled", failure);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
