package io.millrace.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.hybrid.HybridSource;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.TextLineInputFormat;
import io.millrace.connector.kafka.source.KafkaSource;
import io.millrace.connector.kafka.source.OffsetsInitializer;
import io.millrace.connector.kafka.testing.KafkaBroker;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of {@code docs/connectors/hybrid.md}. */
class HybridGuideTest {
    private static final int ARCHIVED = 300;
    private static final int ALL = 500;

    @TempDir java.nio.file.Path work;

    @Test
    void whatTheArchiveHoldsComesBeforeTheRestOfTheTopic() throws Exception {
        Files.createDirectories(work.resolve("orders"));
        for (int part = 0; part < 3; part++) {
            int from = part * ARCHIVED / 3;
            Files.write(work.resolve("orders/part-" + part), orders(from, from + ARCHIVED / 3));
        }
        try (KafkaBroker broker = KafkaBroker.startIn(work.resolve("kafka"), Map.of())) {
            broker.createTopic("orders", 2, Map.of("retention.ms", "-1"));
            try (Producer<String, String> producer =
                    new KafkaProducer<>(
                            broker.clientProperties(),
                            new StringSerializer(),
                            new StringSerializer())) {
                for (int i = 0; i < ALL; i++) {
                    producer.send(
                            new ProducerRecord<>("orders", i % 2, 1_000L + i, null, "order " + i));
                }
            }
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.setParallelism(
                    1); // else records of two subtasks overtake each other on their way here
            List<String> read =
                    program(
                                    env,
                                    work.resolve("orders").toUri().toString(),
                                    broker.bootstrapServers(),
                                    1_000L + ARCHIVED)
                            .executeAndCollect(ALL);

            assertThat(read).containsExactlyInAnyOrderElementsOf(orders(0, ALL));
            assertThat(read.subList(0, ARCHIVED))
                    .containsExactlyInAnyOrderElementsOf(orders(0, ARCHIVED));
        }
    }

    private static List<String> orders(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to).mapToObj(i -> "order " + i).toList());
    }

    private static DataStream<String> program(
            StreamExecutionEnvironment env, String archive, String brokers, long archivedUntil) {
        FileSource<String> files =
                FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(archive))
                        .build();

        HybridSource<String> all =
                HybridSource.<String, SplitEnumerator<?, ?>>builder(files)
                        .<SplitEnumerator<?, ?>, KafkaSource<String>>addSource(
                                switched ->
                                        KafkaSource.<String>builder()
                                                .setBootstrapServers(brokers)
                                                .setTopics("orders")
                                                .setStartingOffsets(
                                                        OffsetsInitializer.timestamp(archivedUntil))
                                                .setValueOnlyDeserializer(new SimpleStringSchema())
                                                .build(),
                                Boundedness.CONTINUOUS_UNBOUNDED)
                        .build();

        return env.fromSource(all, WatermarkStrategy.noWatermarks(), "orders");
    }
}
