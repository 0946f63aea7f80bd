package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch jobs of several stages, on the embedded cluster. */
@Timeout(60)
class StagedProgramsTest {
    private static final int RECORDS = 10_000;
    private static final AtomicInteger READ = new AtomicInteger();
    private static final AtomicInteger SEEN_AT_OPEN = new AtomicInteger();
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @BeforeEach
    void nothingHasRunYet() {
        READ.set(0);
        SEEN_AT_OPEN.set(Integer.MAX_VALUE);
        FAILURES.set(0);
    }

    private static StreamExecutionEnvironment environment(String... options) {
        Map<String, String> all = new TreeMap<>();
        all.put("embedded.workers", "2");
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(all));
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.setParallelism(4);
        return env;
    }

    private static DataStream<Long> read(StreamExecutionEnvironment env) {
        return env.fromSequence(0, RECORDS - 1)
                .map(
                        number -> {
                            READ.incrementAndGet();
                            return number;
                        },
                        Types.LONG);
    }

    private static List<Long> results(DataStream<Long> stream) throws Exception {
        List<Long> collected = new ArrayList<>();
        try (CloseableIterator<Long> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        collected.sort(null);
        return collected;
    }

    private static List<Long> all() {
        return LongStream.range(0, RECORDS).boxed().toList();
    }

    /** Remembers how much had been read when its stage began. */
    private static final class Behind extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void open(OpenContext openContext) {
            SEEN_AT_OPEN.accumulateAndGet(READ.get(), Math::min);
        }

        @Override
        public Long map(Long number) {
            return number;
        }
    }

    /** Throws in the middle of its first attempts, in one subtask. */
    private static final class Failing extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final int times;
        private int records;

        Failing(int times) {
            this.times = times;
        }

        @Override
        public Long map(Long number) {
            boolean mine = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 1;
            if (mine && ++records == 1_000 && FAILURES.get() < times) {
                FAILURES.incrementAndGet();
                throw new IllegalStateException("by intention");
            }
            return number;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL_EXCHANGES_BLOCKING", "ALL_EXCHANGES_PIPELINED"})
    void aStageBeginsWhenAllBeforeItHasBeenWritten(String mode) throws Exception {
        StreamExecutionEnvironment env = environment("execution.batch-shuffle-mode", mode);
        assertThat(results(read(env).rebalance().map(new Behind()))).isEqualTo(all());
        if (mode.equals("ALL_EXCHANGES_BLOCKING")) {
            assertThat(SEEN_AT_OPEN).hasValue(RECORDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "lz4", "zstd"})
    void whatDoesNotFitInMemoryGoesToDiskInWhateverForm(String compression) throws Exception {
        StreamExecutionEnvironment env =
                environment(
                        "batch.shuffle-memory", "64 kb", "batch.shuffle-compression", compression);
        assertThat(results(read(env).keyBy(number -> number % 7).map(new Behind())))
                .isEqualTo(all());
    }

    @Test
    void aSubtaskThatFailsRunsAgainAloneOnWhatOthersHaveWritten() throws Exception {
        StreamExecutionEnvironment env =
                environment(
                        "restart.strategy",
                        "fixed-delay",
                        "restart.attempts",
                        "2",
                        "restart.delay",
                        "10 ms");
        assertThat(results(read(env).keyBy(number -> number % 64).map(new Failing(2))))
                .isEqualTo(all());
        assertThat(FAILURES).hasValue(2);
        assertThat(READ).as("the first stage ran once").hasValue(RECORDS);
    }

    @Test
    void aJobRunsInWavesOnOneSlot() throws Exception {
        StreamExecutionEnvironment env = environment("embedded.workers", "1", "worker.slots", "1");
        assertThat(results(read(env).keyBy(number -> number % 64).map(new Behind())))
                .isEqualTo(all());
        assertThat(SEEN_AT_OPEN).hasValue(RECORDS);
    }

    @Test
    void aJobThatFailsShowsNothing() {
        StreamExecutionEnvironment env = environment("restart.strategy", "none");
        assertThatThrownBy(
                        () -> results(read(env).keyBy(number -> number % 64).map(new Failing(1))))
                .hasStackTraceContaining("by intention");
    }

    @Test
    void stagesThatMeetAgainReadWhatEachOfThemWrote() throws Exception {
        StreamExecutionEnvironment env = environment();
        DataStream<Long> source = read(env).rebalance();
        DataStream<Long> even = source.filter(number -> number % 2 == 0).rebalance();
        DataStream<Long> odd = source.filter(number -> number % 2 == 1).broadcast();
        assertThat(results(even.union(odd).map(new Behind())))
                .hasSize(RECORDS / 2 + 4 * RECORDS / 2)
                .containsAll(all());
    }
}
