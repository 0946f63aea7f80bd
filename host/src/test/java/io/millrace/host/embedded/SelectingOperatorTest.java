package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.BoundedMultiInput;
import io.millrace.api.operator.InputSelectable;
import io.millrace.api.operator.InputSelection;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.serialization.StringSerializer;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.coordinator.ClusterView.JobView;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A program's own operator that reads one input before the other and divides its state by
 * namespaces, with checkpoints and a failure.
 */
@Timeout(120)
class SelectingOperatorTest {
    private static final long PER_KEY = 50_000;
    private static final int KEYS = 10;

    private static final Set<String> OUTPUT = new ConcurrentSkipListSet<>();
    private static final AtomicInteger COMPLETED = new AtomicInteger();
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    @TempDir private Path directory;
    private EmbeddedJobExecutor executor;

    @BeforeEach
    void begin() {
        OUTPUT.clear();
        COMPLETED.set(0);
        FAILED.set(false);
    }

    @AfterEach
    void end() {
        StreamExecutionEnvironment.clear();
        executor.close();
    }

    @ParameterizedTest
    @CsvSource({
        "heap, true, 20000",
        "heap, false, 20000",
        "rocksdb, false, 20000",
        "heap, false, 80000" // more than can wait: checkpoints are declined until it is read
    })
    void losesAndDoublesNothingOfTheInputThatWaits(String backend, boolean unaligned, long second)
            throws Exception {
        executor =
                RestartingExecutor.of(
                        directory,
                        Map.of(
                                "state.backend.type",
                                backend,
                                "execution.checkpointing.tolerable-failed-checkpoints",
                                "1000000",
                                "execution.checkpointing.unaligned",
                                String.valueOf(unaligned)));
        StreamExecutionEnvironment.runWith(executor);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        env.enableCheckpointing(20);
        env.fromSequence(0, PER_KEY * KEYS - 1)
                .map(new FailingOnce())
                .keyBy(number -> number % KEYS)
                .connect(env.fromSequence(0, second * KEYS - 1).keyBy(number -> number % KEYS))
                .transform("first, then second", Types.STRING, new FirstThenSecond(second))
                .map(
                        text -> {
                            OUTPUT.add(text);
                            return text;
                        })
                .returns(Types.STRING);

        env.execute("selecting");

        assertThat(FAILED).isTrue();
        Map<String, Long> counts =
                Map.of("first", PER_KEY, "second", second, "both", PER_KEY + second);
        Set<String> expected = new TreeSet<>();
        for (int key = 0; key < KEYS; key++) {
            for (String namespace : counts.keySet()) {
                expected.add(key + " " + namespace + "=" + counts.get(namespace));
            }
        }
        assertThat(OUTPUT).isEqualTo(expected);
        JobView job = executor.view().jobs().get(0);
        assertThat(job.restarts()).isEqualTo(1);
        assertThat(job.checkpoints().restoredId()).isPositive();
    }

    /** Throws when checkpoints have become complete, once. */
    private static final class FailingOnce extends RichMapFunction<Long, Long>
            implements CheckpointListener {
        @Override
        public Long map(Long number) {
            if (COMPLETED.get() > 2 && FAILED.compareAndSet(false, true)) {
                throw new MillraceException(ErrorCode.STORAGE_FAILED, "once");
            }
            return number;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            COMPLETED.incrementAndGet();
        }
    }

    /** Counts the records of each key by input, and says what it has when that is all, or more. */
    private static final class FirstThenSecond extends AbstractStreamOperator<String>
            implements TwoInputStreamOperator<Long, Long, String>,
                    InputSelectable,
                    BoundedMultiInput {
        private static final long serialVersionUID = 1L;
        private final long second;
        private boolean firstEnded;

        FirstThenSecond(long second) {
            this.second = second;
        }

        @Override
        public InputSelection nextSelection() {
            return firstEnded ? InputSelection.SECOND : InputSelection.FIRST;
        }

        @Override
        public void endInput(int inputId) {
            firstEnded |= inputId == 1;
        }

        @Override
        public void processElement1(StreamRecord<Long> element) throws Exception {
            count("first", PER_KEY);
            count("both", PER_KEY + second);
        }

        @Override
        public void processElement2(StreamRecord<Long> element) throws Exception {
            count("second", second);
            count("both", PER_KEY + second);
        }

        private void count(String namespace, long all) throws Exception {
            ValueState<Long> count =
                    getPartitionedState(
                            namespace,
                            StringSerializer.INSTANCE,
                            new ValueStateDescriptor<>("count", Types.LONG));
            long seen = count.value() == null ? 1 : count.value() + 1;
            count.update(seen);
            if (seen >= all) {
                output.collect(new StreamRecord<>(getCurrentKey() + " " + namespace + "=" + seen));
            }
        }
    }
}
