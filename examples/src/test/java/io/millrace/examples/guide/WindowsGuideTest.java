package io.millrace.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.CoGroupFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.sink.SinkFunction;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.Time;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkOutput;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.SlidingProcessingTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of {@code docs/windows.md}, run. */
@Timeout(60)
class WindowsGuideTest {
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();

    private static <T> List<T> results(DataStream<T> stream) throws Exception {
        List<T> collected = new ArrayList<>();
        try (CloseableIterator<T> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    private DataStream<Tuple3<String, Long, Integer>> sales() {
        DataStream<Tuple3<String, Long, Integer>> sales =
                env.fromData(
                                Tuple3.of("tea", 1_000L, 2),
                                Tuple3.of("milk", 59_000L, 1),
                                Tuple3.of("tea", 59_999L, 3),
                                Tuple3.of("tea", 60_000L, 4))
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy
                                        .<Tuple3<String, Long, Integer>>forMonotonousTimestamps()
                                        .withTimestampAssigner((sale, before) -> sale.f1));

        DataStream<Tuple3<String, Long, Integer>> perMinute =
                sales.keyBy(sale -> sale.f0)
                        .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                        .sum(2);
        this.perMinute = perMinute;
        return sales;
    }

    private DataStream<Tuple3<String, Long, Integer>> perMinute;

    @Test
    void sumsOfWindows() throws Exception {
        sales();

        assertThat(results(perMinute))
                .containsExactlyInAnyOrder(
                        Tuple3.of("tea", 1_000L, 5),
                        Tuple3.of("milk", 59_000L, 1),
                        Tuple3.of("tea", 60_000L, 4));
    }

    @Test
    void aFunctionThatKnowsTheWindow() throws Exception {
        DataStream<Tuple3<String, Long, Integer>> sales = sales();

        DataStream<String> report =
                sales.keyBy(sale -> sale.f0)
                        .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                        .reduce(
                                (a, b) -> Tuple3.of(a.f0, b.f1, a.f2 + b.f2),
                                new ProcessWindowFunction<
                                        Tuple3<String, Long, Integer>,
                                        String,
                                        String,
                                        TimeWindow>() {
                                    @Override
                                    public void process(
                                            String key,
                                            Context context,
                                            Iterable<Tuple3<String, Long, Integer>> fold,
                                            Collector<String> out) {
                                        long until = context.window().getEnd();
                                        out.collect(
                                                key
                                                        + " until "
                                                        + until
                                                        + ": "
                                                        + fold.iterator().next().f2);
                                    }
                                });

        assertThat(results(report))
                .containsExactlyInAnyOrder(
                        "tea until 60000: 5", "milk until 60000: 1", "tea until 120000: 4");
    }

    @Test
    void windowsOfCounts() throws Exception {
        DataStream<Tuple2<String, Integer>> pairs =
                env.fromData("a", "b", "a", "a", "a", "b")
                        .map(word -> Tuple2.of(word, 1))
                        .keyBy(pair -> pair.f0)
                        .countWindow(2)
                        .sum(1);

        assertThat(results(pairs))
                .containsExactlyInAnyOrder(Tuple2.of("a", 2), Tuple2.of("a", 2), Tuple2.of("b", 2));
    }

    /** Event time is as late as the latest record. */
    private static final class AtOnce implements WatermarkGenerator<Tuple2<String, Long>> {
        @Override
        public void onEvent(
                Tuple2<String, Long> event, long eventTimestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(eventTimestamp));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    @Test
    void lateRecords() throws Exception {
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        env.setParallelism(1);
        DataStream<Tuple2<String, Long>> visits =
                env.fromData(
                                Tuple2.of("ann", 9_000L),
                                Tuple2.of("bob", 12_000L),
                                Tuple2.of("ann", 8_000L),
                                Tuple2.of("bob", 15_000L),
                                Tuple2.of("ann", 7_000L))
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Tuple2<String, Long>>forGenerator(
                                                context -> new AtOnce())
                                        .withTimestampAssigner((visit, before) -> visit.f1));

        OutputTag<Tuple2<String, Long>> late = new OutputTag<>("late") {};

        SingleOutputStreamOperator<Tuple2<String, Long>> firsts =
                visits.keyBy(visit -> visit.f0)
                        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                        .allowedLateness(Duration.ofSeconds(5))
                        .sideOutputLateData(late)
                        .minBy(1);

        DataStream<Tuple2<String, Long>> tooLate = firsts.getSideOutput(late);

        CloseableIterator<Tuple2<String, Long>> lateResults = tooLate.collectAsync();
        assertThat(results(firsts))
                .containsExactly(
                        Tuple2.of("ann", 9_000L),
                        Tuple2.of("ann", 8_000L),
                        Tuple2.of("bob", 12_000L));
        try (lateResults) {
            assertThat(lateResults.next()).isEqualTo(Tuple2.of("ann", 7_000L));
        }
    }

    private DataStream<Tuple2<String, Long>> stamped(List<Tuple2<String, Long>> records) {
        return env.fromData(records)
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Tuple2<String, Long>>forMonotonousTimestamps()
                                .withTimestampAssigner((record, before) -> record.f1));
    }

    private DataStream<Tuple2<String, Long>> orders() {
        return stamped(List.of(Tuple2.of("x", 1_000L), Tuple2.of("y", 9_000L)));
    }

    private DataStream<Tuple2<String, Long>> payments() {
        return stamped(
                List.of(Tuple2.of("x", 4_000L), Tuple2.of("x", 9_500L), Tuple2.of("y", 11_000L)));
    }

    @Test
    void joinsInWindows() throws Exception {
        DataStream<Tuple2<String, Long>> orders = orders();
        DataStream<Tuple2<String, Long>> payments = payments();

        DataStream<String> joined =
                orders.join(payments)
                        .where(order -> order.f0)
                        .equalTo(payment -> payment.f0)
                        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                        .apply(
                                (order, payment) ->
                                        order.f0 + " at " + order.f1 + " and " + payment.f1);

        assertThat(results(joined))
                .containsExactlyInAnyOrder("x at 1000 and 4000", "x at 1000 and 9500");
    }

    @Test
    void groupsTwoStreamsInWindows() throws Exception {
        CoGroupFunction<Tuple2<String, Long>, Tuple2<String, Long>, String> sizes =
                (some, others, out) -> out.collect(count(some) + " and " + count(others));

        DataStream<String> groups =
                orders().coGroup(payments())
                        .where(order -> order.f0)
                        .equalTo(payment -> payment.f0)
                        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                        .apply(sizes);

        assertThat(results(groups)).containsExactlyInAnyOrder("1 and 2", "1 and 0", "0 and 1");
    }

    private static int count(Iterable<?> records) {
        int count = 0;
        for (Object ignored : records) {
            count++;
        }
        return count;
    }

    @Test
    void joinsByIntervals() throws Exception {
        DataStream<Tuple2<String, Long>> orders = orders();
        DataStream<Tuple2<String, Long>> payments = payments();

        DataStream<String> paid =
                orders.keyBy(order -> order.f0)
                        .intervalJoin(payments.keyBy(payment -> payment.f0))
                        .between(Duration.ZERO, Duration.ofSeconds(8))
                        .process(
                                new ProcessJoinFunction<
                                        Tuple2<String, Long>, Tuple2<String, Long>, String>() {
                                    @Override
                                    public void processElement(
                                            Tuple2<String, Long> order,
                                            Tuple2<String, Long> payment,
                                            Context ctx,
                                            Collector<String> out) {
                                        long after =
                                                ctx.getRightTimestamp() - ctx.getLeftTimestamp();
                                        out.collect(order.f0 + " after " + after);
                                    }
                                });

        assertThat(results(paid)).containsExactlyInAnyOrder("x after 3000", "y after 2000");
    }

    /** A program as the overview of stream processing has it, in the older forms. */
    @Test
    @SuppressWarnings("deprecation")
    void wordCountInWindowsWithErasedLambdas() throws Exception {
        DataStream<Tuple2<String, Integer>> wordCounts =
                env.fromData("to be", "or not", "to be")
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<String>noWatermarks()
                                        .withTimestampAssigner((line, before) -> 1_000L))
                        .flatMap(
                                (String line, Collector<Tuple2<String, Integer>> out) -> {
                                    for (String word : line.split("\\s+")) {
                                        out.collect(Tuple2.of(word, 1));
                                    }
                                })
                        .keyBy(t -> t.f0)
                        .window(TumblingEventTimeWindows.of(Time.minutes(5)))
                        .sum(1);

        assertThat(results(wordCounts))
                .containsExactlyInAnyOrder(
                        Tuple2.of("to", 2),
                        Tuple2.of("be", 2),
                        Tuple2.of("or", 1),
                        Tuple2.of("not", 1));
    }

    /** Lines with timestamps, as a consumer of a log has them. */
    @SuppressWarnings("deprecation")
    private static final class Lines implements SourceFunction<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void run(SourceContext<String> context) {
            context.collectWithTimestamp("to be", 1_000);
            context.collectWithTimestamp("or not to be", 2_000);
            context.collectWithTimestamp("to", Duration.ofMinutes(6).toMillis());
        }

        @Override
        public void cancel() {
            // It ends by itself.
        }
    }

    /** Keeps what comes. */
    @SuppressWarnings("deprecation")
    private static final class Keep implements SinkFunction<Tuple2<String, Integer>> {
        private static final long serialVersionUID = 1L;

        // Tasks of this process write, the test reads when the job has ended.
        private static final Queue<Tuple2<String, Integer>> KEPT = new ConcurrentLinkedQueue<>();

        @Override
        public void invoke(Tuple2<String, Integer> value, Context context) {
            KEPT.add(value);
        }
    }

    /** As the overview prints it, with another source and sink, and without watermarks. */
    @Test
    @SuppressWarnings("deprecation")
    void theFirstProgramOfTheOverview() throws Exception {
        Keep.KEPT.clear();
        DataStream<String> source = env.addSource(new Lines());

        DataStream<Tuple2<String, Integer>> wordCounts =
                source.flatMap(
                                (String line, Collector<Tuple2<String, Integer>> out) -> {
                                    for (String word : line.split("\\s+")) {
                                        out.collect(Tuple2.of(word, 1));
                                    }
                                })
                        .keyBy(t -> t.f0)
                        .window(TumblingEventTimeWindows.of(Time.minutes(5)))
                        .sum(1);

        wordCounts.addSink(new Keep());

        env.execute("Word Count");

        assertThat(Keep.KEPT)
                .containsExactlyInAnyOrder(
                        Tuple2.of("to", 2),
                        Tuple2.of("be", 2),
                        Tuple2.of("or", 1),
                        Tuple2.of("not", 1),
                        Tuple2.of("to", 1));
    }

    /** What a user did. */
    public static class Event {
        public String userId;
        public String category;
        public long value;
        public long timestamp;

        public Event() {}

        Event(String userId, String category, long value, long timestamp) {
            this.userId = userId;
            this.category = category;
            this.value = value;
            this.timestamp = timestamp;
        }

        String getUserId() {
            return userId;
        }

        String getCategory() {
            return category;
        }

        long getTimestamp() {
            return timestamp;
        }
    }

    private DataStream<Event> events() {
        WatermarkStrategy<Event> strategy =
                WatermarkStrategy.<Event>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                        .withTimestampAssigner((event, ts) -> event.getTimestamp());
        return env.fromData(
                        new Event("u", "books", 5, 0),
                        new Event("u", "toys", 7, Duration.ofMinutes(5).toMillis()),
                        new Event("u", "toys", 1, Duration.ofMinutes(70).toMillis()))
                .assignTimestampsAndWatermarks(strategy);
    }

    private static final class RevenueAggregator implements AggregateFunction<Event, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Event event, Long accumulator) {
            return accumulator + event.value;
        }

        @Override
        public Long getResult(Long accumulator) {
            return accumulator;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    private static final class SessionAnalytics
            extends ProcessWindowFunction<Event, String, String, TimeWindow> {
        @Override
        public void process(
                String user, Context context, Iterable<Event> events, Collector<String> out) {
            out.collect(user + " did " + count(events) + " until " + context.window().getEnd());
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void tumblingWindowsOfOlderPrograms() throws Exception {
        assertThat(
                        results(
                                events().keyBy(Event::getUserId)
                                        .window(TumblingEventTimeWindows.of(Time.hours(1)))
                                        .aggregate(new RevenueAggregator())))
                .containsExactlyInAnyOrder(12L, 1L);
    }

    @Test
    @SuppressWarnings("deprecation")
    void sessionWindowsOfOlderPrograms() throws Exception {
        assertThat(
                        results(
                                events().keyBy(Event::getUserId)
                                        .window(EventTimeSessionWindows.withGap(Time.minutes(10)))
                                        .process(new SessionAnalytics())))
                .containsExactlyInAnyOrder("u did 2 until 900000", "u did 1 until 4800000");
    }

    @Test
    @SuppressWarnings("deprecation")
    void slidingWindowsOfTheWallClockOfOlderPrograms() throws Exception {
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);

        List<Event> sums =
                results(
                        events().keyBy(Event::getCategory)
                                .window(
                                        SlidingProcessingTimeWindows.of(
                                                Time.minutes(5), Time.minutes(1)))
                                .sum("value"));

        // All of them are over at the end: five windows for each record.
        assertThat(sums.stream().mapToLong(event -> event.value).sum()).isEqualTo(5 * 13);
    }
}
