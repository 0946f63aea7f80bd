package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichAggregateFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.Order;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that take the whole of a partition, on the embedded cluster. */
@Timeout(60)
class FullPartitionProgramsTest {
    private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(Map.of("embedded.workers", "2")));
        env.setRuntimeMode(mode);
        env.setParallelism(2);
        return env;
    }

    private static <T> List<T> results(DataStream<T> stream) throws Exception {
        List<T> collected = new ArrayList<>();
        try (CloseableIterator<T> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    private static DataStream<Tuple2<String, Long>> pairs(RuntimeExecutionMode mode) {
        return environment(mode)
                .fromSequence(1, 100)
                .map(
                        number -> Tuple2.of(number % 2 == 0 ? "even" : "odd", number),
                        Types.TUPLE(Types.STRING, Types.LONG));
    }

    /** The sum as text. */
    private static final class Sum
            extends RichAggregateFunction<Tuple2<String, Long>, Long, String> {
        private static final long serialVersionUID = 1L;
        private transient boolean opened;

        @Override
        public void open(OpenContext openContext) {
            opened = getRuntimeContext() != null;
        }

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Tuple2<String, Long> value, Long accumulator) {
            return accumulator + value.f1;
        }

        @Override
        public String getResult(Long accumulator) {
            return (opened ? "sum " : "not opened ") + accumulator;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void keysAreAggregatedReducedAndSorted(RuntimeExecutionMode mode) throws Exception {
        AggregateFunction<Tuple2<String, Long>, Long, String> sum = new Sum();
        assertThat(results(pairs(mode).keyBy(pair -> pair.f0).fullWindowPartition().aggregate(sum)))
                .containsExactlyInAnyOrder("sum 2500", "sum 2550");
        assertThat(
                        results(
                                pairs(mode)
                                        .keyBy(pair -> pair.f0)
                                        .fullWindowPartition()
                                        .reduce((a, b) -> Tuple2.of(a.f0, a.f1 + b.f1))))
                .containsExactlyInAnyOrder(Tuple2.of("odd", 2500L), Tuple2.of("even", 2550L));
        assertThat(
                        results(
                                        pairs(mode)
                                                .keyBy(pair -> pair.f0)
                                                .fullWindowPartition()
                                                .sortPartition("f1", Order.DESCENDING)
                                                .filter(pair -> pair.f0.equals("odd")))
                                .stream()
                                .map(pair -> pair.f1)
                                .limit(3))
                .containsExactly(99L, 97L, 95L);
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void subtasksAreProcessedWhole(RuntimeExecutionMode mode) throws Exception {
        assertThat(
                        results(
                                pairs(mode)
                                        .filter(pair -> pair.f1 < 0)
                                        .fullWindowPartition()
                                        .aggregate(new Sum())))
                .containsExactly("sum 0", "sum 0");
        List<Long> counts =
                results(
                        pairs(mode)
                                .fullWindowPartition()
                                .<Long>mapPartition(
                                        (values, out) -> {
                                            long count = 0;
                                            for (Tuple2<String, Long> unused : values) {
                                                count++;
                                            }
                                            out.collect(count);
                                        }));
        assertThat(counts).hasSize(2);
        assertThat(counts.get(0) + counts.get(1)).isEqualTo(100);
        DataStream<Tuple2<String, Long>> one = pairs(mode);
        one.getExecutionEnvironment().setParallelism(1);
        assertThat(results(one.fullWindowPartition().sortPartition(1, Order.DESCENDING)))
                .hasSize(100)
                .isSortedAccordingTo((a, b) -> Long.compare(b.f1, a.f1));
    }
}
