package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch jobs some of whose stages get their parallelism from what they read. */
@Timeout(60)
class AdaptiveProgramsTest {
    private static final String PREFIX = "execution.batch.adaptive.auto-parallelism.";
    private static final int RECORDS = 20_000;
    private static final int KEYS = 1_000;

    /** The subtasks of the stage that were opened, as "index of parallelism". */
    private static final Set<String> OPENED = new ConcurrentSkipListSet<>();

    @BeforeEach
    void nothingHasRunYet() {
        OPENED.clear();
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
        return env;
    }

    /** Counts the records of each key; says which subtask of how many it is. */
    private static final class Counting extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
            OPENED.add(
                    getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()
                            + " of "
                            + getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        }

        @Override
        public Long map(Long number) throws Exception {
            long now = count.value() == null ? 1 : count.value() + 1;
            count.update(now);
            return now;
        }
    }

    private static DataStream<Long> counted(StreamExecutionEnvironment env) {
        return env.fromSequence(0, RECORDS - 1).keyBy(number -> number % KEYS).map(new Counting());
    }

    private static List<Long> results(DataStream<Long> stream) throws Exception {
        List<Long> collected = new ArrayList<>();
        try (CloseableIterator<Long> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        collected.sort(null);
        return collected;
    }

    /** Each key has as many records. */
    private static List<Long> counts() {
        return LongStream.rangeClosed(1, RECORDS / KEYS)
                .flatMap(count -> LongStream.generate(() -> count).limit(KEYS))
                .boxed()
                .toList();
    }

    private static List<String> subtasks(int parallelism) {
        return IntStream.range(0, parallelism).mapToObj(i -> i + " of " + parallelism).toList();
    }

    @Test
    void littleInputIsOneSubtask() throws Exception {
        assertThat(results(counted(environment()))).isEqualTo(counts());
        assertThat(OPENED).containsExactly("0 of 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 b", "8 kb", "20 kb"})
    void subtasksShareTheKeysAndKnowHowManyTheyAre(String bytesPerTask) throws Exception {
        StreamExecutionEnvironment env =
                environment(
                        PREFIX + "avg-data-volume-per-task",
                        bytesPerTask,
                        PREFIX + "max-parallelism",
                        "9");
        assertThat(results(counted(env))).isEqualTo(counts());
        assertThat(OPENED)
                .hasSizeBetween(2, 9)
                .containsExactlyInAnyOrderElementsOf(subtasks(OPENED.size()));
    }

    @Test
    void aStageBehindReadsWhateverWasDecided() throws Exception {
        StreamExecutionEnvironment env =
                environment(
                        PREFIX + "avg-data-volume-per-task",
                        "4 kb",
                        PREFIX + "max-parallelism",
                        "5");
        DataStream<Long> twice =
                counted(env)
                        .rebalance()
                        .map(count -> count, Types.LONG)
                        .keyBy(count -> count)
                        .map(new Counting())
                        .filter(count -> count == KEYS);
        assertThat(results(twice)).hasSize(RECORDS / KEYS);
    }

    @Test
    void aParallelismThatTheProgramSetsIsTaken() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.setParallelism(3);
        assertThat(results(counted(env))).isEqualTo(counts());
        assertThat(OPENED).containsExactlyElementsOf(subtasks(3));
    }

    @Test
    void thereAreAsManySubtasksAsThereHaveToBe() throws Exception {
        StreamExecutionEnvironment env =
                environment(PREFIX + "min-parallelism", "4", PREFIX + "max-parallelism", "7");
        assertThat(results(counted(env))).isEqualTo(counts());
        assertThat(OPENED).containsExactlyElementsOf(subtasks(4));
    }
}
