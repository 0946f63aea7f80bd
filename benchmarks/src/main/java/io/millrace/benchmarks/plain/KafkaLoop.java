package io.millrace.benchmarks.plain;

import io.millrace.benchmarks.job.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** From one topic to another by Kafka's client alone: what no engine can do without. */
final class KafkaLoop {
    private KafkaLoop() {}

    static void copy(Job job) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers", job.parameters().get("brokers"),
                        "max.poll.records", 2000);
        Map<String, Object> producing =
                Map.of("bootstrap.servers", job.parameters().get("brokers"));
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < job.parameter("partitions", 1); i++) {
            partitions.add(new TopicPartition(job.parameters().get("from"), i));
        }
        String to = job.parameters().get("to");
        long left = job.records();
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                settings,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                producing, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (left > 0) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
                    byte[] value = each.value();
                    value[value.length - 1] ^= 1;
                    producer.send(new ProducerRecord<>(to, value));
                    left--;
                }
            }
        }
    }
}
