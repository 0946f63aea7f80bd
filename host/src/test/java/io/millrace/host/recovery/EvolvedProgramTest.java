package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.state.EvolvedTypes.Change;
import io.millrace.savepoint.SavepointWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A program whose classes have changed goes on from a checkpoint, or from the tables of it, with a
 * state for each change that is allowed.
 */
@Timeout(120)
class EvolvedProgramTest {
    private static final long KEYS = 20;
    private static final Set<Long> SEEN = ConcurrentHashMap.newKeySet();
    private static final List<String> WRONG = new CopyOnWriteArrayList<>();

    @TempDir private java.nio.file.Path directory;

    /** Keeps, or looks at, a value of each kind for each key. */
    private static final class Keep extends KeyedProcessFunction<Long, Long, Long>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        private final boolean changed;
        private transient List<ValueState<Object>> states;

        Keep(boolean changed) {
            this.changed = changed;
        }

        @Override
        @SuppressWarnings("unchecked") // the type of each state is that of its values
        public void open(OpenContext context) {
            states = new ArrayList<>();
            for (Change change : Change.values()) {
                TypeInformation<?> type = changed ? change.typeAfter() : change.typeBefore();
                states.add(
                        getRuntimeContext()
                                .getState(
                                        new ValueStateDescriptor<>(
                                                change.name(), (TypeInformation<Object>) type)));
            }
        }

        @Override
        public void processElement(Long key, Context context, Collector<Long> out)
                throws Exception {
            for (Change change : Change.values()) {
                ValueState<Object> state = states.get(change.ordinal());
                if (!changed) {
                    state.update(change.before(key));
                } else if (!change.after(key).equals(state.value())) {
                    WRONG.add(change + " of " + key + ": " + state.value());
                }
            }
            SEEN.add(key);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            Ledger.checkpoints.countDown();
        }
    }

    private static void program(StreamExecutionEnvironment env, boolean changed) {
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index % KEYS,
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(5_000),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> number)
                .process(new Keep(changed))
                .uid("keep")
                .returns(Types.LONG);
    }

    /** Tables are made of full checkpoints. */
    private LedgerRun.Setup setup(String backend, boolean changed, boolean incremental) {
        return LedgerRun.in(directory.resolve("checkpoints"))
                .with("execution.checkpointing.incremental", "" + incremental)
                .with("state.backend.type", backend)
                .with(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION")
                .program(env -> program(env, changed));
    }

    private static void awaitAllKeys(LedgerRun run) throws Exception {
        SEEN.clear();
        while (SEEN.size() < KEYS) {
            run.awaitCheckpoints(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hashmap, false, hashmap",
        "rocksdb, false, rocksdb",
        "hashmap, true, rocksdb",
        "rocksdb, true, hashmap"
    })
    void eachChangeThatIsAllowedIsReadFromACheckpointAndFromTables(
            String backend, boolean tables, String backendNow) throws Exception {
        String from;
        try (LedgerRun first = setup(backend, false, !tables).start()) {
            awaitAllKeys(first);
            // Two subtasks tell of each; one may have been cut before the last key came.
            String jobId = first.awaitCheckpoints(6).cancel().jobId();
            from = directory.resolve("checkpoints").resolve(jobId).toUri().toString();
        }
        if (tables) {
            SavedCheckpoint saved = SavedCheckpoint.find(new Path(from));
            from =
                    SavepointWriter.write(
                                    saved.read(),
                                    new StoredSegments(saved.directory()),
                                    new Path(directory.resolve("savepoint").toString()))
                            .path()
                            .toString();
        }
        WRONG.clear();

        try (LedgerRun second =
                setup(backendNow, true, true).with("execution.state-recovery.path", from).start()) {
            awaitAllKeys(second);
            // What is shown follows what has happened.
            assertThat(second.awaitRecords(1).view().checkpoints().restoredId()).isPositive();
            assertThat(second.view().exceptions()).isEmpty();
            second.cancel();
        }
        assertThat(WRONG).isEmpty();
    }
}
