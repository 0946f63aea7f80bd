package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.SimulatedCrash;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A source crashes at each point of its own between two durable steps, and another one goes on from
 * the checkpoint that is complete by then.
 */
@ExtendWith(SharedKafka.class)
@Timeout(120)
class SourceCrashTest {
    private static final int ATTEMPTS = 3;

    private final KafkaBroker broker;
    private final String topic = "crash-" + UUID.randomUUID();
    private KafkaSource<String> source;

    /** What the checkpoint holds, and what was read before it. */
    private KafkaSourceEnumState found = KafkaSourceEnumState.empty();

    private List<KafkaPartitionSplit> splits = List.of();
    private List<String> before = List.of();

    SourceCrashTest(KafkaBroker broker) {
        this.broker = broker;
    }

    static Stream<FaultPoint> points() {
        return FaultPoint.of(FaultPoint.Room.SOURCE).stream();
    }

    @AfterEach
    void end() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    @ParameterizedTest
    @MethodSource("points")
    void readsEachRecordOnceAndTellsTheGroup(FaultPoint point) throws Exception {
        broker.createTopic(topic, 1);
        broker.send(topic, 0, "a", "b", "c", "d");
        source =
                KafkaSource.<String>builder()
                        .setBootstrapServers(broker.bootstrapServers())
                        .setTopics(topic)
                        .setGroupId(topic)
                        .setBounded(OffsetsInitializer.latest())
                        .setValueOnlyDeserializer(new SimpleStringSchema())
                        .build();
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());

        int crashes = 0;
        List<String> read = null;
        for (int attempt = 0; attempt < ATTEMPTS && read == null; attempt++) {
            try {
                read = attempt();
            } catch (SimulatedCrash e) {
                crashes++;
            } catch (RuntimeException e) { // as the task sees the end of its fetching thread
                assertThat(e).hasCauseInstanceOf(SimulatedCrash.class);
                crashes++;
            }
        }

        assertThat(crashes).isEqualTo(1);
        assertThat(read).containsExactly("a", "b", "c", "d");
        try (Admin admin = broker.admin()) {
            assertThat(
                            admin.listConsumerGroupOffsets(topic)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .get(new TopicPartition(topic, 0))
                                    .offset())
                    .isEqualTo(4);
        }
    }

    /** From the checkpoint, if there is one, over another one to the end: all that was read. */
    private List<String> attempt() throws Exception {
        Enumeration context = new Enumeration(1);
        try (var enumerator = (KafkaSourceEnumerator) source.restoreEnumerator(context, found);
                Reading<String> reading = new Reading<>(source)) {
            enumerator.start();
            reading.reader.addSplits(splits);
            context.register(enumerator);
            reading.reader.addSplits(context.splits());
            if (before.isEmpty()) {
                reading.until(2);
                found = enumerator.snapshotState(1);
                splits = reading.reader.snapshotState(1);
                before = List.copyOf(reading.records);
                reading.records.clear();
                reading.reader.notifyCheckpointComplete(1);
                reading.until(
                        () -> reading.metrics.count("KafkaSourceReader.commitsSucceeded") > 0);
            }
            List<String> read = new ArrayList<>(before);
            reading.reader.notifyNoMoreSplits(); // not before: an end waits for no answer
            reading.toTheEnd();
            read.addAll(reading.records);
            reading.reader.snapshotState(2);
            reading.reader.notifyCheckpointComplete(2);
            return read;
        }
    }
}
