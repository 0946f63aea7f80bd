package io.millrace.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A topic of the sandbox's broker, seen with Kafka's own client: nothing here shares code with the
 * engine. Immutable.
 */
record KafkaTopic(String brokers, String name, int partitions) {
    /**
     * Makes it. Brokers delete by the times of records, which may be those of any year: never here.
     */
    KafkaTopic created() {
        NewTopic topic =
                new NewTopic(name, partitions, (short) 1).configs(Map.of("retention.ms", "-1"));
        try (Admin admin = admin()) {
            admin.createTopics(Set.of(topic)).all().get();
            return this;
        } catch (ExecutionException e) {
            throw new AssertionError("topic " + name + " was not made", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", brokers));
    }

    private List<TopicPartition> all() {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(name, partition));
        }
        return all;
    }

    /** To be closed by the caller; at the first record of each partition. */
    private KafkaConsumer<String, String> consumer(String isolation) {
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", brokers, "isolation.level", isolation),
                        new StringDeserializer(),
                        new StringDeserializer());
        consumer.assign(all());
        consumer.seekToBeginning(all());
        return consumer;
    }

    /** Starts to write records 0, 1, …; at most {@code perSecond} each second. */
    KafkaFill fill(long records, int perSecond, LongFunction<ProducerRecord<String, String>> each) {
        return KafkaFill.start(brokers, records, perSecond, each);
    }

    /** Gives the values that readers of committed records see now. */
    void readCommitted(Consumer<String> values) {
        try (KafkaConsumer<String, String> consumer = consumer("read_committed")) {
            readToEnd(consumer, values);
        }
    }

    /** The values that readers of {@code isolation} see now, by partition and offset. */
    Map<TopicPartition, SortedMap<Long, String>> read(String isolation) {
        Map<TopicPartition, SortedMap<Long, String>> read = new HashMap<>();
        all().forEach(partition -> read.put(partition, new TreeMap<>()));
        try (KafkaConsumer<String, String> consumer = consumer(isolation)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(all());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(100))) {
                    read.get(new TopicPartition(name, each.partition()))
                            .put(each.offset(), each.value());
                }
            }
        }
        return read;
    }

    /** Starts to read committed records, as a consumer beside a job does. */
    KafkaFollower follow(Consumer<String> values) {
        return KafkaFollower.start(() -> consumer("read_committed"), values);
    }

    /** Reads until nothing is left in front of the end, which moves on meanwhile. */
    static void readToEnd(KafkaConsumer<String, String> consumer, Consumer<String> values) {
        while (true) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            boolean moved = false;
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                poll(consumer, values);
                moved = true;
            }
            if (!moved) {
                return;
            }
        }
    }

    static void poll(KafkaConsumer<String, String> consumer, Consumer<String> values) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
            values.accept(record.value());
        }
    }

    /**
     * The partitions in which something is not decided: readers of committed records wait there.
     */
    List<TopicPartition> undecided() {
        try (KafkaConsumer<String, String> committed = consumer("read_committed");
                KafkaConsumer<String, String> any = consumer("read_uncommitted")) {
            Map<TopicPartition, Long> stable = committed.endOffsets(all());
            Map<TopicPartition, Long> end = any.endOffsets(all());
            return all().stream().filter(p -> !stable.get(p).equals(end.get(p))).toList();
        }
    }

    /** The ids of transactions on the broker that are still open. */
    List<String> openTransactions() {
        try (Admin admin = admin()) {
            return admin.listTransactions().all().get().stream()
                    .filter(each -> each.state() == TransactionState.ONGOING)
                    .map(TransactionListing::transactionalId)
                    .toList();
        } catch (ExecutionException e) {
            throw new AssertionError("transactions were not listed", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError(e);
    }
}
