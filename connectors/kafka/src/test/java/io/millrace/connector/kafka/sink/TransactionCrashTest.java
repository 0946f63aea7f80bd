package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.SimulatedCrash;
import io.millrace.api.testing.FakeTask;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An attempt crashes at each point of a transaction's way, and another one goes on from what is
 * promised by then.
 */
@ExtendWith(SharedKafka.class)
@Timeout(120)
class TransactionCrashTest {
    private static final int ATTEMPTS = 3;

    private final KafkaBroker broker;
    private final FakeTask task = FakeTask.only();
    private final String topic = "crash-" + UUID.randomUUID();
    private final List<TransactionalWriter<String>> writers = new ArrayList<>();
    private KafkaSinkSettings<String> settings;

    /** What the checkpoint holds; null before it is complete. */
    private KafkaCommittable promised;

    TransactionCrashTest(KafkaBroker broker) {
        this.broker = broker;
    }

    static Stream<FaultPoint> points() {
        return FaultPoint.of(FaultPoint.Room.TRANSACTION).stream();
    }

    @AfterEach
    void end() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
        writers.forEach(TransactionalWriter::close);
    }

    @ParameterizedTest
    @MethodSource("points")
    void losesAndDoublesNothingAndLeavesNothingOpen(FaultPoint point) throws Exception {
        broker.createTopic(topic, 1);
        settings = Sinks.exactlyOnce(broker.bootstrapServers(), topic);
        TransactionalWriter<String> before = open();
        Sinks.write(before, "of an attempt that died with its transaction open");
        before.flush(false);
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());

        int crashes = 0;
        boolean committed = false;
        for (int attempt = 0; attempt < ATTEMPTS && !committed; attempt++) {
            try {
                attempt();
                committed = true;
            } catch (SimulatedCrash e) {
                crashes++;
            }
        }

        assertThat(crashes).isEqualTo(1);
        assertThat(committed).isTrue();
        assertThat(Sinks.committed(broker, topic)).containsExactly("a", "b");
        try (Admin admin = broker.admin()) {
            assertThat(Sinks.transactions(admin, task).values())
                    .noneMatch(each -> each.state() == TransactionState.ONGOING);
        }
    }

    /** What is promised is committed before any task starts. */
    private void attempt() throws Exception {
        if (promised == null) {
            promised = Sinks.prepared(open(), "a", "b");
        }
        assertThat(Commit.of(settings, promised).said()).isEqualTo("committed");
    }

    private TransactionalWriter<String> open() throws Exception {
        FakeTask attempt = FakeTask.of(task.job(), "sink", 0, 1);
        TransactionalWriter<String> writer = TransactionalWriter.open(settings, attempt);
        writers.add(writer);
        return writer;
    }
}
