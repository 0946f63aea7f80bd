package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.parquet.ParquetReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaExamplesTest {
    private static KafkaBroker broker;

    @TempDir java.nio.file.Path work;

    @BeforeAll
    static void startBroker(@TempDir java.nio.file.Path directory) throws IOException {
        // Longer transactions than the tests' brokers allow by themselves: the sink's default.
        broker =
                KafkaBroker.startIn(
                        directory.resolve("kafka"), Map.of("transaction.max.timeout.ms", "900000"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void viewsAreCountedByTheirTimes() throws Exception {
        // Brokers delete by the times of records, and these are long past.
        broker.createTopic("views", 2, Map.of("retention.ms", "-1"));
        try (Producer<String, String> producer =
                new KafkaProducer<>(
                        broker.clientProperties(),
                        new StringSerializer(),
                        new StringSerializer())) {
            for (int i = 0; i < 100; i++) {
                String page = i % 10 == 0 ? "rare" : "often";
                producer.send(new ProducerRecord<>("views", i % 2, 1_000L + i * 10, null, page));
            }
        }
        KafkaCounts.main(
                new String[] {
                    "--brokers", broker.bootstrapServers(),
                    "--topic", "views",
                    "--output", work.resolve("counts").toUri().toString(),
                    "--window", "500",
                    "--interval", "100",
                    "--until", "50,50"
                });

        assertThat(counts())
                .containsExactlyInAnyOrder(
                        "rare 1000 5", "often 1000 45", "rare 1500 5", "often 1500 45");
    }

    private List<String> counts() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        List<String> rows = new ArrayList<>();
        Iterator<KafkaCounts.PageCount> found =
                env.fromSource(
                                FileSource.forBulkFileFormat(
                                                ParquetReaders.forClass(
                                                        KafkaCounts.PageCount.class),
                                                new Path(work.resolve("counts").toUri().toString()))
                                        .build(),
                                WatermarkStrategy.noWatermarks(),
                                "counts")
                        .executeAndCollect();
        found.forEachRemaining(row -> rows.add(row.page + " " + row.windowMs + " " + row.views));
        return rows;
    }

    @Test
    void linesAreCopiedOnceAndOnesThatDoNotFollowAreTold() throws Exception {
        broker.createTopic("from", 2);
        broker.createTopic("to", 2);
        broker.send("from", 0, "0,0", "0,1", "2,0");
        broker.send("from", 1, "1,0", "1,2");

        KafkaCopy.main(
                new String[] {
                    "--brokers", broker.bootstrapServers(),
                    "--from", "from",
                    "--to", "to",
                    "--output", work.resolve("copy").toUri().toString(),
                    "--interval", "100",
                    "--until", "3,2"
                });

        String[] lines = {
            "0,0", "0,1", "2,0", "1,0", "GAP Numbered[key=1, number=2] where 1 was next", "1,2"
        };
        assertThat(broker.read("to", "read_committed").stream().map(ConsumerRecord::value))
                .containsExactlyInAnyOrder(lines);
        assertThat(linesOf(work.resolve("copy"))).containsExactlyInAnyOrder(lines);
    }

    private static List<String> linesOf(java.nio.file.Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(directory)) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
