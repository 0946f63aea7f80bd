package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.stream.WindowedStream;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkOutput;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Types;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole jobs of several subtasks, whose sources go through the same time in parts of their own and
 * at speeds of their own: each record is in the last result of its window, or late.
 */
@Timeout(120)
class LateRecordsInJobsTest {
    private static final int SUBTASKS = 3;
    private static final long OF_SUBTASK = 4_000;
    private static final long RECORDS = SUBTASKS * OF_SUBTASK;
    private static final long KEYS = 11;
    private static final long SIZE = 50;
    private static final OutputTag<Tuple2<Long, Long>> LATE = new OutputTag<>("late") {};

    /** Each record moves time to behind where it is, so that others come too late. */
    private static final class Hasty implements WatermarkGenerator<Tuple2<Long, Long>> {
        @Override
        public void onEvent(Tuple2<Long, Long> event, long eventTimestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(eventTimestamp - 20));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Records say it.
        }
    }

    /** Sum and count of windows. */
    private static final class Adding
            implements AggregateFunction<
                    Tuple2<Long, Long>, Tuple2<Long, Long>, Tuple2<Long, Long>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Tuple2<Long, Long> createAccumulator() {
            return Tuple2.of(0L, 0L);
        }

        @Override
        public Tuple2<Long, Long> add(Tuple2<Long, Long> record, Tuple2<Long, Long> sum) {
            return Tuple2.of(sum.f0 + record.f0, sum.f1 + 1);
        }

        @Override
        public Tuple2<Long, Long> getResult(Tuple2<Long, Long> sum) {
            return sum;
        }

        @Override
        public Tuple2<Long, Long> merge(Tuple2<Long, Long> a, Tuple2<Long, Long> b) {
            return Tuple2.of(a.f0 + b.f0, a.f1 + b.f1);
        }
    }

    /** Which window, its sum and count. */
    private static final class Labelled
            extends ProcessWindowFunction<
                    Tuple2<Long, Long>, Tuple3<String, Long, Long>, Long, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Long key,
                Context context,
                Iterable<Tuple2<Long, Long>> sums,
                Collector<Tuple3<String, Long, Long>> out) {
            for (Tuple2<Long, Long> sum : sums) {
                out.collect(Tuple3.of(name(key, context.window().getStart()), sum.f0, sum.f1));
            }
        }
    }

    /** The same of all records that a window has. */
    private static final class AddingAll
            extends ProcessWindowFunction<
                    Tuple2<Long, Long>, Tuple3<String, Long, Long>, Long, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Long key,
                Context context,
                Iterable<Tuple2<Long, Long>> records,
                Collector<Tuple3<String, Long, Long>> out) {
            long sum = 0;
            long count = 0;
            for (Tuple2<Long, Long> record : records) {
                sum += record.f0;
                count++;
            }
            out.collect(Tuple3.of(name(key, context.window().getStart()), sum, count));
        }
    }

    private static String name(long key, long start) {
        return key + "@" + start;
    }

    /** Up to 80 ms before where its subtask is. */
    private static long timeOf(long number) {
        long scrambled = number * 0x9E3779B97F4A7C15L;
        return number % OF_SUBTASK / 4 - Math.floorMod(scrambled >> 20, 80);
    }

    private static String windowOf(long number) {
        return name(number % KEYS, Math.floorDiv(timeOf(number), SIZE) * SIZE);
    }

    private static Map<String, Long> expected() {
        Map<String, Long> sums = new TreeMap<>();
        for (long number = 0; number < RECORDS; number++) {
            sums.merge(windowOf(number), number, Long::sum);
        }
        return sums;
    }

    private static SingleOutputStreamOperator<Tuple3<String, Long, Long>> windows(
            StreamExecutionEnvironment env, boolean folds, long latenessMs) {
        env.setParallelism(SUBTASKS);
        DataStream<Tuple2<Long, Long>> records =
                env.fromSequence(0, RECORDS - 1)
                        .map(number -> Tuple2.of(number, timeOf(number)))
                        .returns(Types.TUPLE(Types.LONG, Types.LONG))
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Tuple2<Long, Long>>forGenerator(
                                                context -> new Hasty())
                                        .withTimestampAssigner((record, before) -> record.f1));
        WindowedStream<Tuple2<Long, Long>, Long, TimeWindow> windowed =
                records.keyBy(record -> record.f0 % KEYS)
                        .window(TumblingEventTimeWindows.of(Duration.ofMillis(SIZE)))
                        .allowedLateness(Duration.ofMillis(latenessMs))
                        .sideOutputLateData(LATE);
        return folds
                ? windowed.aggregate(new Adding(), new Labelled())
                : windowed.process(new AddingAll());
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "true, 60", "false, 0", "false, 60"})
    void eachRecordIsInItsWindowOrLate(boolean folds, long latenessMs) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(SUBTASKS);
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        env.setBufferTimeout(folds ? 0 : 100);
        SingleOutputStreamOperator<Tuple3<String, Long, Long>> windows =
                windows(env, folds, latenessMs);
        // One result with the mark of a window, or a late record.
        DataStream<Tuple3<String, Long, Long>> all =
                windows.union(
                        windows.getSideOutput(LATE)
                                .map(record -> Tuple3.of("late", record.f0, 1L))
                                .returns(Types.TUPLE(Types.STRING, Types.LONG, Types.LONG)));

        Map<String, Tuple3<String, Long, Long>> last = new TreeMap<>();
        List<Long> late = new ArrayList<>();
        int firings = 0;
        try (CloseableIterator<Tuple3<String, Long, Long>> results = all.executeAndCollect()) {
            while (results.hasNext()) {
                Tuple3<String, Long, Long> result = results.next();
                if (result.f0.equals("late")) {
                    late.add(result.f1);
                } else {
                    firings++;
                    last.merge(result.f0, result, (a, b) -> a.f2 > b.f2 ? a : b);
                }
            }
        }

        Map<String, Long> sums = new TreeMap<>();
        last.forEach((window, result) -> sums.put(window, result.f1));
        late.forEach(number -> sums.merge(windowOf(number), number, Long::sum));
        assertThat(sums).isEqualTo(expected());
        assertThat(late).doesNotHaveDuplicates();
        if (latenessMs == 0) {
            assertThat(firings).as("each window once").isEqualTo(last.size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLateInABatchJob(boolean folds) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(SUBTASKS);
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        SingleOutputStreamOperator<Tuple3<String, Long, Long>> windows = windows(env, folds, 0);

        Map<String, Long> sums = new TreeMap<>();
        for (Tuple3<String, Long, Long> result : windows.executeAndCollect(1_000_000)) {
            assertThat(sums.put(result.f0, result.f1)).as(result.f0).isNull();
        }

        assertThat(sums).isEqualTo(expected());
    }
}
