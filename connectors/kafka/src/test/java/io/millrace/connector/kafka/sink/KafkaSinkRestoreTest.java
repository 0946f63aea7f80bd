package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
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

    @TempDir Path work;
    private final KafkaBroker broker;

    KafkaSinkRestoreTest(KafkaBroker broker) {
        this.broker = broker;
    }

    @AfterEach
    void end() {
        StreamExecutionEnvironment.clear();
    }

    /** Fails for good once a checkpoint is complete; hurries only until then. */
    private static final class FailingAfterACheckpoint
            implements MapFunction<Long, String>, CheckpointListener {
        private static final long serialVersionUID = 1L;
        private final boolean fails;
        private transient boolean complete;
        private transient long seen;

        FailingAfterACheckpoint(boolean fails) {
            this.fails = fails;
        }

        @Override
        public String map(Long number) {
            if (fails && complete) {
                throw new MillraceException(ErrorCode.STORAGE_FAILED, "as it was told to");
            }
            if (fails && ++seen > 1_000) {
                LockSupport.parkNanos(50_000); // so that the checkpoint comes in the middle
            }
            return number.toString();
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            complete = true;
        }
    }

    @Test
    void commitsWhatTheCheckpointPromisedOnceThoughItIsRestoredTwice() throws Exception {
        broker.createTopic(TOPIC, 2);
        assertThatThrownBy(() -> run(true, "")).hasStackTraceContaining("as it was told to");
        String checkpoint = retained();

        run(false, checkpoint);
        int[] once = counts();
        assertThat(once).as("numbers after the first job that goes on").containsOnly(1);

        run(false, checkpoint);
        assertPromisedOnceAndTheRestTwice(counts());
    }

    /** In each half, which is one subtask's, ones in front of the cut and twos behind it. */
    private static void assertPromisedOnceAndTheRestTwice(int[] twice) {
        for (int split = 0; split < SPLITS; split++) {
            int from = split * RECORDS / SPLITS;
            int to = from + RECORDS / SPLITS;
            int cut = from;
            while (cut < to && twice[cut] == 1) {
                cut++;
            }
            assertThat(cut).as("the checkpoint has records of split %d", split).isGreaterThan(from);
            assertThat(cut).as("and not all of them").isLessThan(to);
            for (int number = cut; number < to; number++) {
                assertThat(twice[number]).as("number %d", number).isEqualTo(2);
            }
        }
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
