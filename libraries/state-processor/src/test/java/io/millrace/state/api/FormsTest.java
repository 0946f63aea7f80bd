package io.millrace.state.api;

import static io.millrace.state.api.SavepointReaderTest.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.Path;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.ValueState;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import io.millrace.state.api.saved.SavedState;
import io.millrace.testutils.CollectingSink;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints of tables, and checkpoints that are a database's files, are read and edited too. */
@Timeout(120)
class FormsTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir private java.nio.file.Path directory;

    private String place(String name) {
        return directory.resolve(name).toUri().toString();
    }

    private static StreamExecutionEnvironment env() {
        return StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(3);
    }

    private static List<String> sums() {
        return LongStream.range(0, 10)
                .mapToObj(each -> "k" + each + " " + (150 + 6 * each) + " 6")
                .toList();
    }

    private static List<String> sumsIn(String path) throws Exception {
        return all(
                SavepointReader.read(env(), path)
                        .readKeyedState(OperatorIdentifier.forUid("keyed"), new Read()));
    }

    @Test
    void tablesAreReadAndTakenOver() throws Exception {
        String made = Everything.savepoint(env(), directory.resolve("made"));
        SavedState saved = SavedState.open(made);
        io.millrace.savepoint.SavepointWriter.write(
                saved.manifest(), saved.segments(), new Path(place("tables")));

        assertThat(sumsIn(place("tables"))).containsExactlyInAnyOrderElementsOf(sums());
        SavepointReader reader = SavepointReader.read(env(), place("tables"));
        assertThat(
                        all(
                                reader.readListState(
                                        OperatorIdentifier.forUid("lists"), "items", Types.LONG)))
                .hasSize(Everything.NUMBERS);
        assertThat(
                        all(
                                reader.window(Everything.MINUTE_THIRDS)
                                        .reduce("tumbling", Long::sum, Types.STRING, Types.LONG)))
                .hasSize(30);

        StreamExecutionEnvironment env = env();
        SavepointWriter.fromExistingSavepoint(env, place("tables"))
                .removeOperator(OperatorIdentifier.forUid("rules"))
                .write(place("native"));
        env.execute();
        assertThat(sumsIn(place("native"))).containsExactlyInAnyOrderElementsOf(sums());
    }

    @Test
    void filesOfADatabaseAreReadByTheDatabase() throws Exception {
        String checkpoint = retainedCheckpoint();

        SavedState saved = SavedState.open(checkpoint);
        assertThat(saved.operator("keyed").hasRows()).isFalse();
        assertThat(sumsIn(checkpoint)).containsExactlyInAnyOrderElementsOf(sums());
        assertThatThrownBy(
                        () ->
                                SavepointReader.read(env(), checkpoint)
                                        .window(Everything.MINUTE_THIRDS)
                                        .reduce("tumbling", Long::sum, Types.STRING, Types.LONG))
                .hasMessageContaining("lie as files of RocksDB")
                .hasMessageContaining("Take a savepoint");

        StreamExecutionEnvironment env = env();
        SavepointWriter.fromExistingSavepoint(env, checkpoint).write(place("copy"));
        env.execute();
        assertThat(sumsIn(place("copy"))).containsExactlyInAnyOrderElementsOf(sums());
    }

    /** Of a job that has seen all its numbers. */
    private String retainedCheckpoint() throws Exception {
        Configuration options = new Configuration();
        options.setString("state.backend.type", "rocksdb");
        options.setString("execution.checkpointing.dir", place("checkpoints"));
        options.setString("execution.checkpointing.interval", "100 ms");
        options.setString("execution.checkpointing.data-inline-threshold", "0");
        options.setString(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options).setParallelism(2);
        try (CollectingSink<Long> sink = new CollectingSink<>()) {
            JobClient job = Everything.start(env, sink);
            Path root = new Path(place("checkpoints"));
            long seen = newest(root);
            while (newest(root) < seen + 2) {
                LockSupport.parkNanos(10_000_000);
            }
            job.cancel().get();
            while (!job.getJobStatus().get().isGloballyTerminalState()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        return JobCheckpoints.below(new Path(place("checkpoints")))
                .get(0)
                .newest()
                .orElseThrow()
                .checkpoint()
                .path()
                .toString();
    }

    private static long newest(Path root) {
        List<JobCheckpoints> jobs = JobCheckpoints.below(root);
        return jobs.isEmpty()
                ? 0
                : jobs.get(0).newest().map(each -> each.checkpoint().checkpointId()).orElse(0L);
    }

    /** Key, sum and number of timers. */
    private static final class Read extends KeyedStateReaderFunction<String, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> sum;

        @Override
        public void open(OpenContext context) {
            sum = getRuntimeContext().getState(Everything.SUM);
        }

        @Override
        public void readKey(String key, Context context, Collector<String> out) throws Exception {
            out.collect(key + " " + sum.value() + " " + context.registeredEventTimeTimers().size());
        }
    }
}
