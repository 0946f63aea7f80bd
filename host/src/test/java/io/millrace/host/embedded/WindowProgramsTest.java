package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Types;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs with windows: a stream that ends and a batch job give the same. */
@Timeout(120)
class WindowProgramsTest {
    private static final int RECORDS = 5_000;
    private static final int KEYS = 7;
    private static final long SIZE = 100;

    /** The records (key, value, time in milliseconds): a few out of order, none late. */
    private static KeyedStream<Tuple3<Long, Long, Long>, Long> records(RuntimeExecutionMode mode) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        env.setRuntimeMode(mode);
        return env.fromSequence(0, RECORDS - 1)
                .map(WindowProgramsTest::record)
                .returns(Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Tuple3<Long, Long, Long>>forBoundedOutOfOrderness(
                                        Duration.ofMillis(2L * RECORDS))
                                .withTimestampAssigner((record, before) -> record.f2))
                .keyBy(record -> record.f0);
    }

    private static Tuple3<Long, Long, Long> record(long number) {
        return Tuple3.of(number % KEYS, 1 + number % 5, number ^ 3);
    }

    /** By key and start of the window. */
    private static Map<String, Long> expected(long slide) {
        Map<String, Long> sums = new TreeMap<>();
        for (long n = 0; n < RECORDS; n++) {
            Tuple3<Long, Long, Long> record = record(n);
            for (long start = Math.floorDiv(record.f2, slide) * slide;
                    start > record.f2 - SIZE;
                    start -= slide) {
                sums.merge(record.f0 + "@" + start, record.f1, Long::sum);
            }
        }
        return sums;
    }

    /** Adds up values. */
    private static final class Adding
            implements AggregateFunction<Tuple3<Long, Long, Long>, Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Tuple3<Long, Long, Long> record, Long sum) {
            return sum + record.f1;
        }

        @Override
        public Long getResult(Long sum) {
            return sum;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    /** Says which window a sum is of. */
    private static final class Labelled
            extends ProcessWindowFunction<Long, Tuple2<String, Long>, Long, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Long key,
                Context context,
                Iterable<Long> sums,
                Collector<Tuple2<String, Long>> out) {
            sums.forEach(
                    sum -> out.collect(Tuple2.of(key + "@" + context.window().getStart(), sum)));
        }
    }

    private static Map<String, Long> collected(SingleOutputStreamOperator<Tuple2<String, Long>> out)
            throws Exception {
        Map<String, Long> results = new TreeMap<>();
        for (Tuple2<String, Long> each : out.executeAndCollect(1_000_000)) {
            assertThat(results.put(each.f0, each.f1)).as(each.f0).isNull();
        }
        return results;
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void tumblingWindowsHaveAllTheirRecords(RuntimeExecutionMode mode) throws Exception {
        assertThat(
                        collected(
                                records(mode)
                                        .window(
                                                TumblingEventTimeWindows.of(
                                                        Duration.ofMillis(SIZE)))
                                        .aggregate(new Adding(), new Labelled())))
                .isEqualTo(expected(SIZE));
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void slidingWindowsHaveAllTheirRecords(RuntimeExecutionMode mode) throws Exception {
        assertThat(
                        collected(
                                records(mode)
                                        .window(
                                                SlidingEventTimeWindows.of(
                                                        Duration.ofMillis(SIZE),
                                                        Duration.ofMillis(10)))
                                        .aggregate(new Adding(), new Labelled())))
                .isEqualTo(expected(10));
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void sessionsHaveAllTheirRecords(RuntimeExecutionMode mode) throws Exception {
        Map<String, Long> sums =
                collected(
                        records(mode)
                                .window(EventTimeSessionWindows.withGap(Duration.ofMillis(50)))
                                .aggregate(new Adding(), new Labelled()));

        Map<String, Long> ofKeys = new HashMap<>();
        expected(SIZE).forEach((name, sum) -> ofKeys.merge(name.split("@")[0], sum, Long::sum));
        assertThat(sums).hasSize(KEYS);
        sums.forEach((name, sum) -> assertThat(ofKeys.get(name.split("@")[0])).isEqualTo(sum));
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void aFieldIsSummedUpInEachWindow(RuntimeExecutionMode mode) throws Exception {
        List<Long> sums = new ArrayList<>();
        records(mode)
                .window(TumblingEventTimeWindows.of(Duration.ofMillis(SIZE)))
                .sum(1)
                .executeAndCollect(1_000_000)
                .forEach(record -> sums.add(record.f1));

        assertThat(sums).containsExactlyInAnyOrderElementsOf(expected(SIZE).values());
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void aCountWindowFiresWithEachNthRecordOfAKey(RuntimeExecutionMode mode) throws Exception {
        List<Tuple3<Long, Long, Long>> sums =
                records(mode)
                        .countWindow(10)
                        .reduce((a, b) -> Tuple3.of(a.f0, a.f1 + b.f1, 0L))
                        .executeAndCollect(1_000_000);

        assertThat(sums).hasSize(KEYS * (RECORDS / KEYS / 10));
    }
}
