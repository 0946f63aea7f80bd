package io.millrace.connector.kafka.source;

import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import io.millrace.testutils.connector.SourceContract;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three partitions, one of them without records. */
@ExtendWith(SharedKafka.class)
@Timeout(120)
class KafkaSourceContractTest
        extends SourceContract<String, KafkaPartitionSplit, KafkaSourceEnumState> {
    private final KafkaBroker kafka;
    private final String topic = "contract-" + UUID.randomUUID();

    KafkaSourceContractTest(KafkaBroker kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void fill() {
        kafka.createTopic(topic, 3);
        kafka.send(topic, 0, values(0, 5));
        kafka.send(topic, 2, values(5, 12));
    }

    private static String[] values(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> "record " + number)
                .toArray(String[]::new);
    }

    @Override
    protected KafkaSource<String> source() {
        return KafkaSource.<String>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setBounded(OffsetsInitializer.latest())
                .setValueOnlyDeserializer(new SimpleStringSchema())
                .build();
    }

    @Override
    protected List<String> expected() {
        return List.of(values(0, 12));
    }
}
