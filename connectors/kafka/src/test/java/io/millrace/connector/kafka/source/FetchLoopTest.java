package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.serialization.SimpleStringSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

/** What is owed to the group when a reader ends, with a client that has not found its brokers. */
class FetchLoopTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
            Map.of(PARTITION, new OffsetAndMetadata(3));

    private final List<Exception> failures = new ArrayList<>();
    private int answers;

    /** Knows no coordinator of the group, until somebody waits for one. */
    private static final class Cold extends MockConsumer<byte[], byte[]> {
        private final List<RuntimeException> waits;
        private final List<Map<TopicPartition, OffsetAndMetadata>> told = new ArrayList<>();

        /**
         * @param waits what the first waits end with; the ones behind them with success
         */
        Cold(RuntimeException... waits) {
            super("none");
            this.waits = new ArrayList<>(List.of(waits));
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            callback.onComplete(offsets, new RetriableCommitFailedException("no coordinator"));
        }

        @Override
        public synchronized void commitSync(
                Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (!waits.isEmpty()) {
                throw waits.remove(0);
            }
            told.add(offsets);
        }
    }

    /** All orders are there before the end, as those of a bounded source are. */
    private void runWithACommit(Cold client) {
        FetchQueue queue = new FetchQueue();
        FetchLoop loop =
                new FetchLoop(
                        KafkaSource.<String>builder()
                                .setBootstrapServers("localhost:1")
                                .setTopics(PARTITION.topic())
                                .setValueOnlyDeserializer(new SimpleStringSchema())
                                .build()
                                .settings(),
                        () -> client,
                        opened -> {},
                        queue);
        loop.orderAdd(List.of(new KafkaPartitionSplit(PARTITION, 0)));
        loop.orderCommit(
                OFFSETS,
                (offsets, failure) -> {
                    answers++;
                    if (failure != null) {
                        failures.add(failure);
                    }
                });
        loop.close();

        loop.run();

        assertThat(client.closed()).isTrue();
    }

    @Test
    void whatHasNoAnswerYetIsToldBeforeTheClientCloses() {
        Cold client = new Cold();

        runWithACommit(client);

        assertThat(client.told).containsExactly(OFFSETS);
        assertThat(answers).isEqualTo(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void theWakeUpOfTheEndDoesNotKeepItFromThat() {
        Cold client = new Cold(new WakeupException());

        runWithACommit(client);

        assertThat(client.told).containsExactly(OFFSETS);
        assertThat(failures).isEmpty();
    }

    @Test
    void brokersThatDoNotAnswerHoldNoReaderUp() {
        Cold client =
                new Cold(new org.apache.kafka.common.errors.TimeoutException("no coordinator"));

        runWithACommit(client);

        assertThat(client.told).isEmpty();
        assertThat(answers).isEqualTo(1);
        assertThat(failures).hasSize(1);
    }
}
