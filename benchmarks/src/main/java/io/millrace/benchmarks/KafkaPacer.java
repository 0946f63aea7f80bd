package io.millrace.benchmarks;

import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes records at a steady pace, each with the {@link System#nanoTime} at which it was due: a
 * clock that all processes of the machine share. On a thread of its own; thread-safe.
 */
final class KafkaPacer implements AutoCloseable {
    private final long beganNanos = System.nanoTime();
    private final Thread thread;
    private volatile boolean closed;

    private KafkaPacer(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            int partitions,
            int perSecond,
            long records) {
        this.thread =
                new Thread(() -> run(producer, topic, partitions, perSecond, records), "pacer");
        thread.setDaemon(true);
    }

    /**
     * @param producer closed at the end
     */
    static KafkaPacer start(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            int partitions,
            int perSecond,
            long records) {
        KafkaPacer pacer = new KafkaPacer(producer, topic, partitions, perSecond, records);
        pacer.thread.start();
        return pacer;
    }

    private void run(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            int partitions,
            int perSecond,
            long records) {
        try (producer) {
            long sent = 0;
            while (sent < records && !closed) {
                long due = (System.nanoTime() - beganNanos) * perSecond / 1_000_000_000L;
                for (; sent < Math.min(due, records); sent++) {
                    long dueNanos = beganNanos + sent * 1_000_000_000L / perSecond;
                    int partition = (int) (sent % partitions);
                    byte[] value = KafkaTopics.record(dueNanos);
                    producer.send(new ProducerRecord<>(topic, partition, null, value));
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    long beganNanos() {
        return beganNanos;
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
