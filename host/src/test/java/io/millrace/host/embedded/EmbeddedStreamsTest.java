package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.async.ResultFuture;
import io.millrace.api.async.RichAsyncFunction;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.stream.AsyncDataStream;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.ConnectedStreams;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of several streams on the embedded cluster: connected, split, and with timers. */
@Timeout(60)
class EmbeddedStreamsTest {
    private static final OutputTag<String> ODD = new OutputTag<>("odd") {};

    private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode, int workers) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(Map.of("embedded.workers", "" + workers)));
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

    /** Odd numbers go to the side output as text. */
    private static final class Split extends ProcessFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, Context ctx, Collector<Long> out) {
            if (value % 2 == 0) {
                out.collect(value);
            } else {
                ctx.output(ODD, "odd " + value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 1", "STREAMING, 1", "STREAMING, 2"})
    void sideOutputsAreStreamsOfTheirOwn(RuntimeExecutionMode mode, int workers) throws Exception {
        StreamExecutionEnvironment env = environment(mode, workers);
        SingleOutputStreamOperator<Long> even = env.fromSequence(1, 1000).process(new Split());
        DataStream<String> odd = even.getSideOutput(ODD).rebalance().map(text -> text + "!");
        DataStream<String> all = even.map(number -> "even " + number).union(odd);

        List<String> collected = results(all);

        assertThat(collected).hasSize(1000).doesNotHaveDuplicates().contains("even 2", "odd 1!");
    }

    @Test
    void aSideOutputCanBeChainedAndLeaveTwice() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING, 1);
        SingleOutputStreamOperator<Long> even = env.fromSequence(1, 100).process(new Split());
        DataStream<String> twice =
                even.getSideOutput(ODD)
                        .map(text -> "a " + text)
                        .union(even.getSideOutput(ODD).map(text -> "b " + text));

        assertThat(results(twice)).hasSize(100).contains("a odd 1", "b odd 99");
    }

    @Test
    void aSideOutputThatNobodyWantsIsDropped() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING, 1);

        assertThat(results(env.fromSequence(1, 100).process(new Split()))).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 1", "STREAMING, 2"})
    void connectedStreamsMeetInOneFunction(RuntimeExecutionMode mode, int workers)
            throws Exception {
        StreamExecutionEnvironment env = environment(mode, workers);
        DataStream<String> words = env.fromData("a", "b", "c");
        DataStream<String> both =
                env.fromSequence(1, 500)
                        .connect(words)
                        .map(
                                new CoMapFunction<Long, String, String>() {
                                    @Override
                                    public String map1(Long value) {
                                        return "number";
                                    }

                                    @Override
                                    public String map2(String value) {
                                        return value;
                                    }
                                });

        List<String> collected = results(both);

        assertThat(collected).hasSize(503).contains("a", "b", "c");
        assertThat(collected.stream().filter("number"::equals)).hasSize(500);
    }

    /** Emits at the end of time how many records of both streams each key had. */
    private static final class CountBoth extends KeyedCoProcessFunction<Long, Long, Long, String> {
        private static final long serialVersionUID = 1L;
        private final Map<Long, Integer> counts = new java.util.HashMap<>();

        @Override
        public void processElement1(Long value, Context ctx, Collector<String> out) {
            counts.merge(ctx.getCurrentKey(), 1, Integer::sum);
            ctx.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }

        @Override
        public void processElement2(Long value, Context ctx, Collector<String> out) {
            counts.merge(ctx.getCurrentKey(), 1000, Integer::sum);
            ctx.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            out.collect(ctx.getCurrentKey() + "=" + counts.get(ctx.getCurrentKey()));
        }
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 1", "STREAMING, 1", "STREAMING, 2"})
    void recordsOfOneKeyOfBothStreamsMeet(RuntimeExecutionMode mode, int workers) throws Exception {
        StreamExecutionEnvironment env = environment(mode, workers);
        ConnectedStreams<Long, Long> streams =
                env.fromSequence(0, 99)
                        .keyBy(number -> number % 5)
                        .connect(env.fromSequence(0, 9).keyBy(number -> number % 5));

        assertThat(results(streams.process(new CountBoth())))
                .containsExactlyInAnyOrder("0=2020", "1=2020", "2=2020", "3=2020", "4=2020");
    }

    @Test
    void keyedProcessingOfStreamsThatAreNotKeyedIsRefused() {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING, 1);
        ConnectedStreams<Long, Long> streams =
                env.fromSequence(0, 99).connect(env.fromSequence(0, 9));

        assertThatThrownBy(() -> streams.process(new CountBoth()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("keyBy()");
    }

    /** Fires 10 ms of event time behind each record. */
    private static final class Echo extends KeyedProcessFunction<Long, Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, Context ctx, Collector<String> out) {
            ctx.timerService().registerEventTimeTimer(ctx.timestamp() + 10);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            out.collect(ctx.getCurrentKey() + "@" + timestamp);
        }
    }

    @ParameterizedTest
    @CsvSource({"BATCH", "STREAMING"})
    void timersFireByTheTimeThatTheProgramAssigns(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(mode, 1);
        DataStream<String> echoes =
                env.fromData(1L, 2L, 3L)
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Long>forMonotonousTimestamps()
                                        .withTimestampAssigner((number, before) -> number * 100))
                        .keyBy(number -> number)
                        .process(new Echo());

        assertThat(results(echoes)).containsExactlyInAnyOrder("1@110", "2@210", "3@310");
    }

    /** The clock of the machine brings the timers, and the job ends after them. */
    private static final class Delay extends ProcessFunction<Long, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, Context ctx, Collector<String> out) {
            ctx.timerService()
                    .registerProcessingTimeTimer(ctx.timerService().currentProcessingTime() + 5);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out) {
            out.collect("on time");
        }
    }

    @Test
    void processFunctionsHaveTimersOnKeyedStreams() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.BATCH, 1);

        assertThat(results(env.fromSequence(1, 3).keyBy(number -> number).process(new Delay())))
                .containsExactly("on time", "on time", "on time");
    }

    /** Answers on another thread, a number's digits later. */
    private static final class Remote extends RichAsyncFunction<Long, String> {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger MOST_AT_A_TIME = new AtomicInteger();
        private transient ScheduledExecutorService threads;
        private transient AtomicInteger asked;

        @Override
        public void open(OpenContext openContext) {
            threads = Executors.newScheduledThreadPool(2);
            asked = new AtomicInteger();
        }

        @Override
        public void close() {
            threads.shutdownNow();
        }

        @Override
        public void asyncInvoke(Long input, ResultFuture<String> resultFuture) {
            MOST_AT_A_TIME.accumulateAndGet(asked.incrementAndGet(), Math::max);
            threads.schedule(
                    () -> {
                        asked.decrementAndGet();
                        resultFuture.complete(List.of("answer " + input));
                    },
                    input % 10,
                    TimeUnit.MILLISECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void asynchronousResultsComeFromOtherThreads(boolean ordered) throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING, 1);
        env.setParallelism(1);
        DataStream<Long> numbers = env.fromSequence(1, 300);
        DataStream<String> answers =
                ordered
                        ? AsyncDataStream.orderedWait(
                                numbers, new Remote(), 10, TimeUnit.SECONDS, 7)
                        : AsyncDataStream.unorderedWait(
                                numbers, new Remote(), 10, TimeUnit.SECONDS, 7);

        List<String> collected = results(answers);

        List<String> expected =
                LongStream.rangeClosed(1, 300).mapToObj(n -> "answer " + n).toList();
        if (ordered) {
            assertThat(collected).isEqualTo(expected);
        } else {
            assertThat(collected).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(Remote.MOST_AT_A_TIME.get()).isBetween(1, 7);
    }

    /** Says which broadcast records it has seen where. */
    private static final class Rules extends BroadcastProcessFunction<Long, String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long value, ReadOnlyContext ctx, Collector<String> out) {
            // Only the broadcast side matters here.
        }

        @Override
        public void processBroadcastElement(String value, Context ctx, Collector<String> out)
                throws Exception {
            ctx.getBroadcastState(RULES).put(value, "rule");
            out.collect(value + " in subtask " + getRuntimeContext().getIndexOfThisSubtask());
        }
    }

    private static final MapStateDescriptor<String, String> RULES =
            new MapStateDescriptor<>("rules", String.class, String.class);

    @Test
    void broadcastRecordsReachEverySubtask() throws Exception {
        StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING, 2);
        DataStream<String> seen =
                env.fromSequence(1, 100)
                        .connect(env.fromData("a", "b").broadcast(RULES))
                        .process(new Rules());

        assertThat(results(seen))
                .containsExactlyInAnyOrder(
                        "a in subtask 0", "b in subtask 0", "a in subtask 1", "b in subtask 1");
    }
}
