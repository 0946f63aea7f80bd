package io.millrace.connector.kafka.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broker, wherever it runs, and what clients of it do for tests. Thread-safe where it is; closing
 * ends it.
 */
public interface KafkaServer extends AutoCloseable {
    /** {@code host:port}; the same for as long as this object lives. */
    String bootstrapServers();

    /** A new object with the address only. */
    default Properties clientProperties() {
        Properties properties = new Properties();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        return properties;
    }

    /** To be closed by the caller. */
    default Admin admin() {
        return Admin.create(clientProperties());
    }

    /** Returns once the broker itself tells of the topic: the controller knows it sooner. */
    default void createTopic(String topic, int partitions) {
        createTopic(topic, partitions, Map.of());
    }

    default void createTopic(String topic, int partitions, Map<String, String> configs) {
        try (Admin admin = admin()) {
            createTopic(admin, topic, partitions, configs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + topic + " was not made", e.getCause());
        }
    }

    /** The same by a client of the caller's, for brokers that are reached at another address. */
    static void createTopic(Admin admin, String topic, int partitions, Map<String, String> configs)
            throws InterruptedException, ExecutionException {
        NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(configs);
        Uuid id = admin.createTopics(Set.of(wanted)).topicId(topic).get();
        awaitTopic(
                admin,
                topic,
                known -> known.map(TopicDescription::topicId).equals(Optional.of(id)));
    }

    /** Returns once the broker itself tells of so many partitions. */
    default void increasePartitions(String topic, int partitions) {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
            awaitTopic(
                    admin,
                    topic,
                    known -> known.isPresent() && known.get().partitions().size() == partitions);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "topic " + topic + " did not get " + partitions + " partitions", e.getCause());
        }
    }

    /** Returns once the broker itself knows the topic no more. */
    default void deleteTopic(String topic) {
        try (Admin admin = admin()) {
            admin.deleteTopics(Set.of(topic)).all().get();
            awaitTopic(admin, topic, Optional::isEmpty);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + topic + " was not deleted", e.getCause());
        }
    }

    private static void awaitTopic(
            Admin admin, String topic, Predicate<Optional<TopicDescription>> wanted)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        Optional<TopicDescription> known = describe(admin, topic);
        while (!wanted.test(known)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "the broker still says " + known + " of topic " + topic);
            }
            LockSupport.parkNanos(1_000_000); // an interrupt ends the next look
            known = describe(admin, topic);
        }
    }

    private static Optional<TopicDescription> describe(Admin admin, String topic)
            throws InterruptedException, ExecutionException {
        try {
            return Optional.of(
                    admin.describeTopics(Set.of(topic)).topicNameValues().get(topic).get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Writes values in order and waits until the broker has them. */
    default void send(String topic, int partition, String... values) {
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        clientProperties(), new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, partition, null, value));
            }
        }
    }

    /**
     * All records that a reader sees now, by partition and offset; values are text.
     *
     * @param isolation {@code read_committed} or {@code read_uncommitted}
     */
    default List<ConsumerRecord<String, String>> read(String topic, String isolation) {
        Properties properties = clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(java.time.Duration.ofMillis(100)).forEach(records::add);
            }
        }
        records.sort(
                java.util.Comparator.<ConsumerRecord<String, String>>comparingInt(
                                ConsumerRecord::partition)
                        .thenComparingLong(ConsumerRecord::offset));
        return records;
    }

    @Override
    void close();
}
