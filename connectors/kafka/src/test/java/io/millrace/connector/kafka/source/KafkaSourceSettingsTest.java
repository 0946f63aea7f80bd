package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.source.Boundedness;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaSourceSettingsTest {
    private static Properties consumer(Map<String, String> set) {
        Properties properties = new Properties();
        properties.putAll(set);
        return new KafkaSourceSettings(
                        new PartitionSetSubscriber(Set.of(new TopicPartition("in", 0))),
                        new StartAndStop(OffsetsInitializer.earliest(), new NoStoppingOffsets()),
                        Boundedness.CONTINUOUS_UNBOUNDED,
                        properties)
                .consumerProperties(0, null);
    }

    @Test
    void givesTheClientDefaultsThatCostLess() {
        assertThat(consumer(Map.of()))
                .containsEntry("max.poll.records", "2000")
                .containsEntry("receive.buffer.bytes", "-1");
    }

    @Test
    void letsTheProgramHaveItsWay() {
        assertThat(consumer(Map.of("max.poll.records", "7", "receive.buffer.bytes", "4096")))
                .containsEntry("max.poll.records", "7")
                .containsEntry("receive.buffer.bytes", "4096");
    }
}
