package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Config;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.KafkaServer;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.protocol.ApiKeys;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job whose checkpoint is complete, and whose transactions the brokers abort before the commit.
 */
@Timeout(240)
class KafkaSinkDataLossJobTest {
    private static final String TOPIC = "out";

    @TempDir Path work;

    @Test
    void endsLoudlyAndNamesWhatIsLost() throws Exception {
        int[] ports = KafkaBroker.freePorts();
        try (DelayingProxy proxy = new DelayingProxy(ports[0], ApiKeys.END_TXN.id);
                KafkaBroker broker =
                        KafkaBroker.startIn(work.resolve("kafka"), settings(proxy, ports))) {
            proxy.start();
            String servers = "localhost:" + proxy.port();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                KafkaServer.createTopic(admin, TOPIC, 1, Map.of());
                proxy.hold(Integer.MAX_VALUE);
                Thread operator = new Thread(() -> abortWhenPrepared(proxy, admin), "operator");
                operator.start();

                assertIsLoud(() -> run(servers, ""));
                operator.join();

                // A job that goes on from that checkpoint must not pass over the loss either.
                assertIsLoud(() -> run(servers, retained()));
            } finally {
                StreamExecutionEnvironment.clear();
            }
        }
    }

    private static void assertIsLoud(ThrowingCallable job) {
        assertThatThrownBy(job)
                .hasStackTraceContaining("DATA_LOSS")
                .hasStackTraceContaining(TOPIC + "-0 offsets ")
                .hasStackTraceContaining("loud-");
    }

    /** The directory of the job that has left its checkpoint. */
    private String retained() throws IOException {
        try (Stream<Path> jobs = Files.list(work.resolve("checkpoints"))) {
            return jobs.findFirst().orElseThrow().toUri().toString();
        }
    }

    /** What somebody does who thinks that a transaction hangs. */
    private static void abortWhenPrepared(DelayingProxy proxy, Admin admin) {
        try {
            proxy.awaitHeld();
            List<String> open = new ArrayList<>();
            for (TransactionListing each :
                    admin.listTransactions(
                                    new ListTransactionsOptions()
                                            .filterStates(Set.of(TransactionState.ONGOING)))
                            .all()
                            .get()) {
                open.add(each.transactionalId());
            }
            admin.fenceProducers(open).all().get();
            proxy.hold(0);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String servers, String checkpoint) throws Exception {
        try (EmbeddedJobExecutor executor = executor(checkpoint)) {
            run(executor, servers);
        }
    }

    private static void run(EmbeddedJobExecutor executor, String servers) throws Exception {
        StreamExecutionEnvironment.runWith(executor);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        env.enableCheckpointing(100);
        env.fromSequence(0, Long.MAX_VALUE - 1)
                .filter(number -> number % 1_000 == 0)
                .map(String::valueOf)
                .sinkTo(
                        KafkaSink.<String>builder()
                                .setBootstrapServers(servers)
                                .setProperty("request.timeout.ms", "1000")
                                .setProperty("delivery.timeout.ms", "10000")
                                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                                .setTransactionalIdPrefix("loud")
                                .setRecordSerializer(
                                        KafkaRecordSerializationSchema.<String>builder()
                                                .setTopic(TOPIC)
                                                .setValueSerializationSchema(Sinks.text())
                                                .build())
                                .build());
        env.execute("loud");
    }

    private EmbeddedJobExecutor executor(String checkpoint) {
        Map<String, String> options = new HashMap<>();
        options.put("restart.strategy", "fixed-delay");
        options.put("restart.attempts", "100");
        options.put("restart.delay", "10 ms");
        options.put("execution.checkpointing.dir", work.resolve("checkpoints").toUri().toString());
        options.put(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION");
        if (!checkpoint.isEmpty()) {
            options.put("execution.state-recovery.path", checkpoint);
        }
        return new EmbeddedJobExecutor(Config.of(options), getClass().getClassLoader());
    }

    private static Map<String, String> settings(DelayingProxy proxy, int[] ports) {
        return Map.of(
                "listeners",
                "PLAINTEXT://localhost:" + ports[0] + ",CONTROLLER://localhost:" + ports[1],
                "advertised.listeners",
                "PLAINTEXT://localhost:" + proxy.port(),
                "controller.quorum.voters",
                "1@localhost:" + ports[1],
                "transaction.max.timeout.ms",
                "900000");
    }
}
