package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.MapFunction;
import io.millrace.api.option.Config;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.SharedKafka;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs that start from the same checkpoint, one after the other. */
@Timeout(180)
@ExtendWith(SharedKafka.class)
class KafkaSinkRestoreTest {
    private static final int RECORDS = 100_000;
    private static final int SPLITS = 2;
    private static final String TOPIC = "restored-twice";
    private static final List<List<String>> NOTHING_PROMISED =
            List.of(List.of("0: 2"), List.of("0: 2"));

    @TempDir Path work;
    private final KafkaBroker broker;

    KafkaSinkRestoreTest(KafkaBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void end() {
        StreamExecutionEnvironment.clear();
    }

    /** Fails for good once a checkpoint with records is complete; hurries only at first. */
    private static final class FailingAfterACheckpoint
            implements MapFunction<Long, String>, CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1L;
        private final boolean fails;
        private transient boolean complete;
        private transient long seen;
        private transient long withRecords; // the first checkpoint that has some; 0 before

        FailingAfterACheckpoint(boolean fails) {
            this.fails = fails;
        }

        @Override
        public String map(Long number) {
            if (fails && complete) {
                throw new MillraceException(ErrorCode.STORAGE_FAILED, "as it was told to");
            }
            seen++;
            if (fails && seen > 1_000) {
                LockSupport.parkNanos(50_000); // so that the checkpoint comes in the middle
            }
            return number.toString();
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            if (seen > 0 && withRecords == 0) {
                withRecords = context.getCheckpointId();
            }
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {
            // It only wants to know of barriers.
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            complete |= withRecords > 0 && checkpointId >= withRecords;
        }
    }

    @Test
    void commitsWhatTheCheckpointPromisedOnceThoughItIsRestoredTwice() throws Exception {
        broker.createTopic(TOPIC, 2);
        assertThatThrownBy(() -> run(true, "")).hasStackTraceContaining("as it was told to");
        String checkpoint = retained();

        run(false, checkpoint);
        abortLeftOpen();
        assertThat(runs(counts())).containsExactly("0: 1");

        run(false, checkpoint);
        assertPromisedOnceAndTheRestTwice(counts());
    }

    /**
     * What a failed job had no time to abort: a job that goes on without claiming must leave it, as
     * the other one might still run. All that was promised is committed by now.
     */
    private void abortLeftOpen() throws Exception {
        try (Admin admin = broker.admin()) {
            List<String> open = new ArrayList<>();
            for (TransactionListing each : admin.listTransactions().all().get()) {
                if (each.transactionalId().startsWith(TOPIC + "-")
                        && each.state() == TransactionState.ONGOING) {
                    open.add(each.transactionalId());
                }
            }
            admin.fenceProducers(open).all().get();
        }
    }

    /**
     * In each half, which is one subtask's, ones in front of the cut and twos behind it; one of
     * them may have been empty at the checkpoint.
     */
    private static void assertPromisedOnceAndTheRestTwice(int[] twice) {
        int half = RECORDS / SPLITS;
        List<String> first = runs(Arrays.copyOfRange(twice, 0, half));
        List<String> second = runs(Arrays.copyOfRange(twice, half, RECORDS));
        assertThat(first).isIn(List.of("0: 2"), cutAs(first));
        assertThat(second).isIn(List.of("0: 2"), cutAs(second));
        assertThat(List.of(first, second)).as("a promise").isNotEqualTo(NOTHING_PROMISED);
    }

    /** Ones, and then twos, wherever the cut is. */
    private static List<String> cutAs(List<String> runs) {
        String last = runs.get(runs.size() - 1);
        return List.of("0: 1", last.substring(0, last.indexOf(':')) + ": 2");
    }

    /** Where another count begins, and which. */
    private static List<String> runs(int[] counts) {
        List<String> runs = new ArrayList<>();
        for (int number = 0; number < counts.length; number++) {
            if (number == 0 || counts[number] != counts[number - 1]) {
                runs.add(number + ": " + counts[number]);
            }
        }
        return runs;
    }

    private int[] counts() throws Exception {
        int[] counts = new int[RECORDS];
        for (String each : Sinks.committed(broker, TOPIC)) {
            counts[Integer.parseInt(each)]++;
        }
        return counts;
    }

    private void run(boolean fails, String checkpoint) throws Exception {
        Map<String, String> options = new HashMap<>();
        options.put("restart.strategy", "none");
        options.put("execution.checkpointing.dir", work.resolve("checkpoints").toUri().toString());
        options.put(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION");
        if (!checkpoint.isEmpty()) {
            options.put("execution.state-recovery.path", checkpoint);
        }
        try (EmbeddedJobExecutor executor =
                new EmbeddedJobExecutor(Config.of(options), getClass().getClassLoader())) {
            StreamExecutionEnvironment.runWith(executor);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.setParallelism(SPLITS);
            env.enableCheckpointing(100);
            env.fromSequence(0, RECORDS - 1)
                    .uid("numbers")
                    .map(new FailingAfterACheckpoint(fails))
                    .uid("failing")
                    .sinkTo(
                            KafkaSink.<String>builder()
                                    .setBootstrapServers(broker.bootstrapServers())
                                    .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                                    .setTransactionalIdPrefix(TOPIC)
                                    .setRecordSerializer(
                                            KafkaRecordSerializationSchema.<String>builder()
                                                    .setTopic(TOPIC)
                                                    .setValueSerializationSchema(Sinks.text())
                                                    .build())
                                    .build())
                    .uid("out");
            env.execute("restored");
        }
    }

    /** The directory of the job that has left a checkpoint. */
    private String retained() throws IOException {
        try (Stream<Path> jobs = Files.list(work.resolve("checkpoints"))) {
            List<Path> all = jobs.toList();
            assertThat(all).hasSize(1);
            return all.get(0).toUri().toString();
        }
    }
}
