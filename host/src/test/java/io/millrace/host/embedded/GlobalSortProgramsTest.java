package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.bounded.Bounded;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.Order;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that sort all of their records, on the embedded cluster. */
@Timeout(60)
class GlobalSortProgramsTest {
    private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of("embedded.workers", "2", "batch.reduce-memory", "64KB")));
        env.setRuntimeMode(mode);
        env.setParallelism(3);
        return env;
    }

    /** Puts the subtask's number in front. */
    private static final class Where<T> extends RichMapFunction<T, Tuple2<Integer, T>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Tuple2<Integer, T> map(T value) {
            return Tuple2.of(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), value);
        }
    }

    /** What each subtask has, in its order; of subtasks that have something. */
    private static <T> TreeMap<Integer, List<T>> bySubtask(
            DataStream<T> sorted, int parallelism, TypeInformation<T> type) throws Exception {
        sorted.getExecutionEnvironment().setParallelism(parallelism); // that of what collects
        TreeMap<Integer, List<T>> bySubtask = new TreeMap<>();
        try (CloseableIterator<Tuple2<Integer, T>> results =
                sorted.map(new Where<T>())
                        .returns(Types.TUPLE(Types.INT, type))
                        .executeAndCollect()) {
            results.forEachRemaining(
                    pair ->
                            bySubtask
                                    .computeIfAbsent(pair.f0, unused -> new ArrayList<>())
                                    .add(pair.f1));
        }
        return bySubtask;
    }

    private static <T> List<T> inOrder(TreeMap<Integer, List<T>> bySubtask) {
        List<T> all = new ArrayList<>();
        bySubtask.values().forEach(all::addAll);
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "BATCH, ALL_EXCHANGES_BLOCKING, 4",
        "BATCH, ALL_EXCHANGES_BLOCKING, 1",
        "BATCH, ALL_EXCHANGES_PIPELINED, 4",
        "STREAMING, ALL_EXCHANGES_PIPELINED, 4",
        "STREAMING, ALL_EXCHANGES_PIPELINED, 1"
    })
    void subtasksHaveSortedRangesOfMuchTheSameSize(
            RuntimeExecutionMode mode, String shuffle, int parallelism) throws Exception {
        StreamExecutionEnvironment env = environment(mode);
        env.configure(Configuration.fromMap(Map.of("execution.batch-shuffle-mode", shuffle)));
        DataStream<Long> numbers =
                env.fromSequence(0, 19_999)
                        .setParallelism(3)
                        .map(number -> number * 7_919 % 20_000, Types.LONG)
                        .setParallelism(3);

        TreeMap<Integer, List<Long>> sorted =
                bySubtask(Bounded.of(numbers).sort(number -> number), parallelism, Types.LONG);

        List<Long> all = inOrder(sorted);
        assertThat(all).hasSize(20_000).isSorted().doesNotHaveDuplicates();
        assertThat(sorted).hasSize(parallelism);
        sorted.values()
                .forEach(
                        each ->
                                assertThat(each.size())
                                        .isBetween(14_000 / parallelism, 28_000 / parallelism));
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void sortsDownwardsByFieldsOfUnitedStreams(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(mode);
        TypeInformation<Tuple2<String, Long>> pair = Types.TUPLE(Types.STRING, Types.LONG);
        DataStream<Tuple2<String, Long>> evens =
                env.fromSequence(0, 999).map(n -> Tuple2.of("word " + n % 5, 2 * n), pair);
        DataStream<Tuple2<String, Long>> odds =
                env.fromSequence(0, 999)
                        .setParallelism(1)
                        .map(n -> Tuple2.of("word " + n % 7, 2 * n + 1), pair)
                        .setParallelism(1);

        List<Tuple2<String, Long>> all =
                inOrder(
                        bySubtask(
                                Bounded.of(evens.union(odds))
                                        .sort(record -> record, Order.DESCENDING, pair),
                                3,
                                pair));

        List<Tuple2<String, Long>> expected = new ArrayList<>();
        for (long n = 0; n < 1_000; n++) {
            expected.add(Tuple2.of("word " + n % 5, 2 * n));
            expected.add(Tuple2.of("word " + n % 7, 2 * n + 1));
        }
        expected.sort(
                (a, b) -> a.f0.equals(b.f0) ? Long.compare(b.f1, a.f1) : b.f0.compareTo(a.f0));
        assertThat(all).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void recordsOfOneKeyStayTogether(RuntimeExecutionMode mode) throws Exception {
        TreeMap<Integer, List<Long>> sorted =
                bySubtask(
                        Bounded.of(environment(mode).fromSequence(0, 9_999))
                                .sort(number -> number < 500 ? "few" : "most"),
                        3,
                        Types.LONG);

        assertThat(inOrder(sorted)).hasSize(10_000);
        assertThat(sorted.values())
                .allMatch(each -> each.stream().map(n -> n < 500).distinct().count() == 1)
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void nothingIsSortedToo(RuntimeExecutionMode mode) throws Exception {
        assertThat(
                        bySubtask(
                                Bounded.of(environment(mode).fromSequence(0, 99).filter(n -> n < 0))
                                        .sort(number -> number),
                                3,
                                Types.LONG))
                .isEmpty();
    }

    @Test
    void twoSortsFollowEachOther() throws Exception {
        DataStream<Long> once =
                Bounded.of(environment(RuntimeExecutionMode.BATCH).fromSequence(0, 4_999))
                        .sort(number -> number, Order.DESCENDING);

        List<Long> all =
                inOrder(
                        bySubtask(
                                Bounded.of(once).sort(number -> number * 31 % 5_000),
                                3,
                                Types.LONG));

        List<Long> keys = all.stream().map(number -> number * 31 % 5_000).toList();
        assertThat(keys).hasSize(5_000).isSorted();
        assertThat(Collections.max(all)).isEqualTo(4_999L);
    }

    private static final AtomicInteger BEFORE = new AtomicInteger();
    private static final AtomicInteger BEHIND = new AtomicInteger();

    private static long failingTwice(AtomicInteger attempts, long number, long at) {
        if (number == at && attempts.getAndIncrement() < 2) {
            throw new IllegalStateException("fails twice at " + at);
        }
        return number;
    }

    @Test
    void subtasksThatRunAgainLoseAndDoubleNothing() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.BATCH);
        env.configure(
                Configuration.fromMap(
                        Map.of(
                                "restart.strategy",
                                "fixed-delay",
                                "restart.attempts",
                                "10",
                                "restart.delay",
                                "1 ms")));
        DataStream<Long> numbers =
                env.fromSequence(0, 9_999)
                        .map(n -> failingTwice(BEFORE, n, 7_000) * 7_919 % 10_000, Types.LONG);

        List<Long> all =
                inOrder(
                        bySubtask(
                                Bounded.of(numbers)
                                        .sort(number -> number)
                                        .map(n -> failingTwice(BEHIND, n, 5_000), Types.LONG),
                                3,
                                Types.LONG));

        assertThat(all).hasSize(10_000).isSorted().doesNotHaveDuplicates();
        assertThat(BEFORE).hasValue(3);
        assertThat(BEHIND).hasValue(3);
    }
}
