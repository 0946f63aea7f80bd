package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedKafka.class)
@Timeout(60)
class TransactionLimitsTest {
    private static final Config EVERY_SECOND =
            Config.of(
                    Map.of(
                            "execution.checkpointing.interval", "1 s",
                            "restart.max-delay", "5 s"));

    private final KafkaBroker broker;

    TransactionLimitsTest(KafkaBroker broker) {
        this.broker = broker;
    }

    private KafkaSinkSettings<String> timeout(long ms) {
        return Sinks.exactlyOnce(
                broker.bootstrapServers(),
                "out",
                TransactionNamingStrategy.POOLING,
                Map.of("transaction.timeout.ms", "" + ms));
    }

    private static void check(KafkaSinkSettings<String> settings, Config config) throws Exception {
        new KafkaSink<>(settings).preflight(ExecutionMode.STREAMING, config);
    }

    @Test
    void refusesATimeoutThatBrokersDoNotAllow() {
        assertThatThrownBy(() -> check(timeout(1_200_000), EVERY_SECOND))
                .hasMessageContaining("INVALID_OPTION")
                .hasMessageContaining("1200000")
                .hasMessageContaining("900000 (transaction.max.timeout.ms)");
    }

    @Test
    void refusesATimeoutThatIsTooShortForACheckpointAndARestart() {
        assertThatThrownBy(() -> check(timeout(60_000), EVERY_SECOND))
                .hasMessageContaining("INVALID_OPTION")
                .hasMessageContaining("is 60000, but must be at least 198000")
                .hasMessageContaining("interval of 1000 ms")
                .hasMessageContaining("restart of up to 65000 ms");
    }

    @Test
    void refusesAJobWithoutCheckpoints() {
        assertThatThrownBy(() -> check(timeout(60_000), Config.empty()))
                .hasMessageContaining("INVALID_OPTION")
                .hasMessageContaining("execution.checkpointing.interval");
    }

    @Test
    void letsABatchJobPass() {
        assertThatCode(
                        () ->
                                new KafkaSink<>(timeout(60_000))
                                        .preflight(ExecutionMode.BATCH, Config.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void asksForNothingWithoutTransactions() {
        KafkaSinkSettings<String> nobody =
                Sinks.settings(
                        "localhost:1",
                        "out",
                        DeliveryGuarantee.AT_LEAST_ONCE,
                        TransactionNamingStrategy.POOLING,
                        Map.of());
        assertThatCode(() -> check(nobody, Config.empty())).doesNotThrowAnyException();
    }

    @Test
    void saysThatBrokersDoNotAnswer() {
        KafkaSinkSettings<String> nobody =
                Sinks.exactlyOnce(
                        "localhost:1",
                        "out",
                        TransactionNamingStrategy.POOLING,
                        Map.of(
                                "transaction.timeout.ms", "800000",
                                "default.api.timeout.ms", "1000",
                                "request.timeout.ms", "500"));
        assertThatThrownBy(() -> check(nobody, EVERY_SECOND))
                .hasMessageContaining("BROKER_UNREACHABLE")
                .hasMessageContaining("localhost:1");
    }
}
