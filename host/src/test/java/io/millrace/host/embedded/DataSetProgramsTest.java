package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.dataset.DataSet;
import io.millrace.api.dataset.DataSetUtils;
import io.millrace.api.dataset.DataSource;
import io.millrace.api.dataset.ExecutionEnvironment;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichGroupReduceFunction;
import io.millrace.api.stream.Order;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Types;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs of data sets, which are bounded streams by older names. */
@Timeout(60)
class DataSetProgramsTest {
    @TempDir Path directory;

    private final ExecutionEnvironment env = ExecutionEnvironment.createLocalEnvironment(2);
    private DataSource<Tuple3<String, Integer, Long>> sales;

    @BeforeEach
    void sales() {
        sales =
                env.fromElements(
                        Tuple3.of("tea", 3, 1L),
                        Tuple3.of("milk", 1, 2L),
                        Tuple3.of("tea", 2, 3L),
                        Tuple3.of("milk", 5, 4L),
                        Tuple3.of("tea", 3, 1L));
    }

    @Test
    void recordsAreMappedAndChosen() throws Exception {
        DataSet<String> words =
                env.fromCollection(List.of("a b", "c"), Types.STRING)
                        .flatMap(
                                (String line, Collector<String> out) -> {
                                    for (String word : line.split(" ")) {
                                        out.collect(word);
                                    }
                                })
                        .returns(Types.STRING)
                        .setParallelism(2)
                        .name("Split");
        DataSet<String> chosen = words.filter(word -> !word.equals("b")).map(word -> word + "!");

        assertThat(chosen.collect()).containsExactlyInAnyOrder("a!", "c!");
        assertThat(words.union(chosen).rebalance().collect())
                .containsExactlyInAnyOrder("a", "b", "c", "a!", "c!");
        assertThat(words.count()).isEqualTo(3);
        assertThat(chosen.getType()).isEqualTo(Types.STRING);
    }

    @Test
    void aPartitionIsSeenWhole() throws Exception {
        DataSet<Long> sums =
                env.generateSequence(1, 100)
                        .rebalance()
                        .mapPartition(
                                (Iterable<Long> values, Collector<Long> out) -> {
                                    long sum = 0;
                                    for (long value : values) {
                                        sum += value;
                                    }
                                    out.collect(sum);
                                })
                        .returns(Types.LONG);

        assertThat(sums.collect()).hasSize(2);
        assertThat(sums.reduce(Long::sum).collect()).containsExactly(5050L);
    }

    @Test
    void groupsAreFolded() throws Exception {
        assertThat(sales.groupBy(0).sum(1).map(each -> each.f0 + each.f1).collect())
                .containsExactlyInAnyOrder("tea8", "milk6");
        assertThat(sales.groupBy("f0").min(1).map(each -> each.f0 + each.f1).collect())
                .containsExactlyInAnyOrder("tea2", "milk1");
        assertThat(sales.groupBy(each -> each.f0).reduce((a, b) -> a.f2 >= b.f2 ? a : b).collect())
                .containsExactlyInAnyOrder(Tuple3.of("tea", 2, 3L), Tuple3.of("milk", 5, 4L));
        assertThat(sales.groupBy(0).reduceGroup(new Count()).collect())
                .containsExactlyInAnyOrder(Tuple2.of("tea", 3L), Tuple2.of("milk", 2L));
        assertThat(sales.groupBy(0).first(2).collect()).hasSize(4);
        assertThat(sales.groupBy(0).max(2).map(each -> each.f2).collect())
                .containsExactlyInAnyOrder(3L, 4L);
    }

    @Test
    void allRecordsAreFolded() throws Exception {
        assertThat(sales.sum(1).map(each -> each.f1).collect()).containsExactly(14);
        assertThat(sales.min(2).map(each -> each.f2).collect()).containsExactly(1L);
        assertThat(sales.max(1).map(each -> each.f1).collect()).containsExactly(5);
        assertThat(sales.reduceGroup(new Count()).map(each -> each.f1).collect())
                .containsExactly(5L);
        assertThat(sales.first(2).collect()).hasSize(2);
        assertThat(sales.first(9).collect()).hasSize(5);
        DataSet<Tuple3<String, Integer, Long>> none = sales.filter(each -> false);
        assertThat(none.count()).isZero();
        assertThat(none.reduce((a, b) -> a).collect()).isEmpty();
        assertThat(none.reduceGroup(new Count()).collect()).isEmpty();
        assertThatThrownBy(() -> sales.first(0)).hasMessageContaining("at least 1 record, not 0");
    }

    @Test
    void dataSetsAreJoined() throws Exception {
        DataSet<Tuple2<String, Integer>> prices =
                env.fromElements(Tuple2.of("tea", 7), Tuple2.of("salt", 1), Tuple2.of("milk", 2));

        assertThat(
                        sales.join(prices)
                                .where(0)
                                .equalTo(price -> price.f0)
                                .with((sale, price) -> sale.f0 + sale.f1 * price.f1)
                                .returns(Types.STRING)
                                .collect())
                .containsExactlyInAnyOrder("tea21", "milk2", "tea14", "milk10", "tea21");
        assertThat(sales.join(prices).where("f0", "f1").equalTo(0, 1).collect()).isEmpty();
        assertThat(prices.join(prices).where(0, 1).equalTo("f0", "f1").collect())
                .hasSize(3)
                .contains(Tuple2.of(Tuple2.of("salt", 1), Tuple2.of("salt", 1)));
        assertThatThrownBy(() -> sales.join(prices).where(0).equalTo(1))
                .hasMessageContaining("where() gives String and equalTo() gives Integer");
        assertThatThrownBy(() -> sales.join(prices).where(0).equalTo(0, 1))
                .hasMessageContaining("where() gives String and equalTo() gives Tuple2");
    }

    @Test
    void equalRecordsAreOne() throws Exception {
        assertThat(sales.distinct().collect()).hasSize(4);
        assertThat(sales.distinct(0).collect()).hasSize(2);
        assertThat(sales.distinct("f1").collect()).hasSize(4);
        assertThat(sales.distinct(each -> each.f2).collect()).hasSize(4);
        assertThatThrownBy(() -> sales.distinct("f7")).hasMessageContaining("f7");
    }

    @Test
    void partitionsAreSorted() throws Exception {
        assertThat(
                        env.fromElements(3, 1, 2)
                                .sortPartition(number -> number, Order.DESCENDING)
                                .setParallelism(1)
                                .collect())
                .containsExactly(3, 2, 1);
    }

    /** What is written is written by whatever executes the program first, and once. */
    @Test
    void filesAreWrittenWhenTheProgramIsExecuted() throws Exception {
        Path file = directory.resolve("lines");
        DataSet<Long> numbers = env.generateSequence(1, 3);
        numbers.writeAsText(file.toUri().toString()).setParallelism(1).name("Lines");
        assertThat(file).doesNotExist();

        env.execute("write");

        assertThat(Files.readAllLines(file)).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(env.getLastJobExecutionResult()).isNotNull();
        assertThat(env.readTextFile(file.toUri().toString()).collect())
                .containsExactlyInAnyOrder("1", "2", "3");

        Path second = directory.resolve("second");
        numbers.writeAsText(second.toUri().toString()).setParallelism(1);
        assertThat(numbers.collect())
                .containsExactlyInAnyOrderElementsOf(LongStream.of(1, 2, 3).boxed().toList());
        assertThat(Files.readAllLines(second)).hasSize(3);
    }

    @Test
    void aFailureOfTheProgramIsThrown() {
        DataSet<Long> failing =
                env.generateSequence(1, 3)
                        .map(
                                number -> {
                                    throw new IllegalStateException("no " + number);
                                });

        assertThatThrownBy(failing::collect).rootCause().hasMessageContaining("no ");
        assertThatThrownBy(failing::count).rootCause().hasMessageContaining("no ");
    }

    /** An operator on streams is executed in any case; a data set only if something reads it. */
    @Test
    void whatNobodyReadsIsNotComputed() throws Exception {
        DataSet<Long> numbers = env.generateSequence(1, 3);
        DataSet<Long> failing =
                numbers.map(
                        number -> {
                            throw new IllegalStateException("no " + number);
                        });
        DataSet<Long> alsoFailing = failing.reduce(Long::sum);

        assertThat(numbers.count()).isEqualTo(3);
        assertThatThrownBy(() -> env.execute("nothing")).hasMessageContaining("nothing to execute");
        assertThatThrownBy(alsoFailing::collect).rootCause().hasMessageContaining("no ");
    }

    @Test
    void recordsAreNumbered() throws Exception {
        DataSet<Long> numbers = env.generateSequence(1, 100);

        assertThat(DataSetUtils.zipWithIndex(numbers).map(each -> each.f0).collect())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 100).boxed().toList());
        assertThat(DataSetUtils.zipWithUniqueId(numbers).map(each -> each.f0).collect())
                .hasSize(100)
                .doesNotHaveDuplicates();
        assertThat(
                        DataSetUtils.countElementsPerPartition(numbers.rebalance())
                                .map(each -> each.f1)
                                .reduce(Long::sum)
                                .collect())
                .containsExactly(100L);
        assertThat(List.of(0L, 1L, 2L, 3L, 4L).stream().map(DataSetUtils::getBitSize))
                .containsExactly(0, 1, 2, 2, 3);
    }

    private static final class Count
            extends RichGroupReduceFunction<Tuple3<String, Integer, Long>, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;

        private transient boolean opened;

        @Override
        public void open(OpenContext context) {
            opened = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks() > 0;
        }

        @Override
        public void reduce(
                Iterable<Tuple3<String, Integer, Long>> values,
                Collector<Tuple2<String, Long>> out) {
            assertThat(opened).isTrue();
            String name = null;
            long count = 0;
            for (Tuple3<String, Integer, Long> value : values) {
                name = value.f0;
                count++;
            }
            out.collect(Tuple2.of(name, count));
        }
    }
}
