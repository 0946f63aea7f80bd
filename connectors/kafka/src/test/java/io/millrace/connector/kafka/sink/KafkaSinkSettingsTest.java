package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaSinkSettingsTest {
    private static Properties producer(Map<String, String> set) {
        return Sinks.exactlyOnce("broker:9092", "out", TransactionNamingStrategy.POOLING, set)
                .producer(null, "1");
    }

    @Test
    void givesTheClientDefaultsThatCostLess() {
        assertThat(producer(Map.of()))
                .containsEntry("batch.size", "65536")
                .containsEntry("send.buffer.bytes", "-1");
    }

    @Test
    void leavesToTheClientWhatDeliveryAndLatencyHangOn() {
        assertThat(producer(Map.of()))
                .doesNotContainKeys(
                        "acks",
                        "enable.idempotence",
                        "linger.ms",
                        "max.in.flight.requests.per.connection",
                        "retries");
    }

    @Test
    void letsTheProgramHaveItsWay() {
        assertThat(producer(Map.of("batch.size", "1000", "send.buffer.bytes", "4096")))
                .containsEntry("batch.size", "1000")
                .containsEntry("send.buffer.bytes", "4096");
    }
}
