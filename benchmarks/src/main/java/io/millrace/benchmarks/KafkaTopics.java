package io.millrace.benchmarks;

import io.millrace.benchmarks.job.Mix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of a broker, as those who measure see them. Confined to one thread. */
final class KafkaTopics implements AutoCloseable {
    /** Of each record: a number first, and filler. */
    static final int RECORD_BYTES = 100;

    private final String brokers;
    private final Admin admin;

    KafkaTopics(String brokers) {
        this.brokers = brokers;
        this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
    }

    /** Makes a topic anew, without what was in it. */
    void make(String topic, int partitions) throws IOException {
        try {
            if (admin.listTopics().names().get().contains(topic)) {
                admin.deleteTopics(Set.of(topic)).all().get();
                awaitGone(topic);
            }
            admin.createTopics(Set.of(new NewTopic(topic, partitions, (short) 1))).all().get();
            awaitLeaders(topic, partitions);
        } catch (ExecutionException e) {
            throw new IOException("topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Else a producer's first batch may be refused and its second one taken. */
    private void awaitLeaders(String topic, int partitions)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        admin.listOffsets(ends).all().get();
    }

    private void awaitGone(String topic) throws InterruptedException, ExecutionException {
        while (true) {
            try {
                admin.describeTopics(Set.of(topic)).allTopicNames().get();
                Thread.sleep(50);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    return;
                }
                throw e;
            }
        }
    }

    static byte[] record(long number) {
        byte[] value = new byte[RECORD_BYTES];
        ByteBuffer.wrap(value).putLong(number).putLong(Mix.of(number));
        return value;
    }

    static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }

    /** To be closed by the caller. */
    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Writes numbers from 0 on, the same number of them to each partition. */
    void fill(String topic, int partitions, long records) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "linger.ms", 50, "batch.size", 1 << 16);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topic, (int) (i % partitions), null, record(i)));
            }
        }
    }

    /** To be closed by the caller; reads committed records of all partitions from the first on. */
    KafkaConsumer<byte[], byte[]> consumer(String topic, int partitions) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                brokers,
                                "isolation.level",
                                "read_committed",
                                "max.poll.records",
                                5000),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    /**
     * Reads a copy of what {@link #fill} wrote.
     *
     * @throws IOException if a number is not there, or there twice
     */
    void check(String topic, int partitions, long records, String who) throws IOException {
        long seen = 0;
        long sum = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic, partitions)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
                    seen++;
                    sum += Mix.of(number(each.value()));
                }
            }
        }
        long expected = 0;
        for (long i = 0; i < records; i++) {
            expected += Mix.of(i);
        }
        if (seen != records || sum != expected) {
            throw new IOException(
                    "the copy of "
                            + who
                            + " has "
                            + seen
                            + " records of "
                            + records
                            + (sum == expected ? "" : ", and not the same"));
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
