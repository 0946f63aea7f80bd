package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.connector.kafka.testing.KafkaBroker;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRestartTest {
    @TempDir Path directory;

    @Test
    void aReaderGoesOnAfterTheBrokerCameBack() throws Exception {
        try (KafkaBroker kafka = KafkaBroker.startIn(directory)) {
            kafka.createTopic("t", 1);
            kafka.send("t", 0, "a", "b");
            KafkaSource<String> source =
                    KafkaSource.<String>builder()
                            .setBootstrapServers(kafka.bootstrapServers())
                            .setTopics("t")
                            .setValueOnlyDeserializer(new SimpleStringSchema())
                            .build();
            try (Reading<String> reading = new Reading<>(source)) {
                reading.reader.addSplits(
                        List.of(new KafkaPartitionSplit(new TopicPartition("t", 0), 0)));
                reading.until(2);
                kafka.restart();
                kafka.send("t", 0, "c");
                assertThat(reading.until(3).records).containsExactly("a", "b", "c");
            }
        }
    }
}
