package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.ProcessJoinFunction;
import io.millrace.api.function.RichFlatMapFunction;
import io.millrace.api.operator.AbstractStreamOperator;
import io.millrace.api.operator.InternalTimer;
import io.millrace.api.operator.InternalTimerService;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.operator.Triggerable;
import io.millrace.api.operator.VoidNamespace;
import io.millrace.api.operator.VoidNamespaceSerializer;
import io.millrace.api.option.Configuration;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.DataStreamUtils;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One program in both modes: a stream that ends, and a batch job whose keyed operators are given
 * one key after another, more than their memory holds.
 */
@Timeout(120)
class GroupedProgramsTest {
    private static final int RECORDS = 6_000;
    private static final int KEYS = 500;
    private static final TypeInformation<Tuple3<Long, Long, Long>> RECORD =
            Types.TUPLE(Types.LONG, Types.LONG, Types.LONG);
    private static final OutputTag<String> SIDE = new OutputTag<>("side", Types.STRING);
    private static final MapStateDescriptor<Long, Long> WEIGHTS =
            new MapStateDescriptor<>("weights", Types.LONG, Types.LONG);

    private static StreamExecutionEnvironment environment(
            RuntimeExecutionMode mode, String... options) {
        Map<String, String> all = new TreeMap<>();
        all.put("embedded.workers", "2");
        all.put("batch.reduce-memory", "64 kb");
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(all));
        env.setRuntimeMode(mode);
        env.setParallelism(2);
        return env;
    }

    /** Key, value, time in milliseconds: one record each, ascending. */
    private static KeyedStream<Tuple3<Long, Long, Long>, Long> records(
            StreamExecutionEnvironment env) {
        return env.fromSequence(0, RECORDS - 1)
                .setParallelism(1)
                .map(number -> Tuple3.of(number * 31 % KEYS, number % 17, number))
                .returns(RECORD)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Tuple3<Long, Long, Long>>forMonotonousTimestamps()
                                .withTimestampAssigner((record, before) -> record.f2))
                .setParallelism(1)
                .keyBy(record -> record.f0);
    }

    private static List<String> results(DataStream<String> stream) throws Exception {
        List<String> collected = new ArrayList<>();
        try (CloseableIterator<String> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        collected.sort(null);
        return collected;
    }

    /** Sums up in periods of time, and says so when each has passed; odd sums go aside. */
    private static final class Periods
            extends KeyedProcessFunction<Long, Tuple3<Long, Long, Long>, String> {
        private static final long serialVersionUID = 1L;
        private transient MapState<Long, Long> sums;

        @Override
        public void open(OpenContext openContext) {
            sums =
                    getRuntimeContext()
                            .getMapState(new MapStateDescriptor<>("sums", Types.LONG, Types.LONG));
        }

        @Override
        public void processElement(
                Tuple3<Long, Long, Long> record, Context ctx, Collector<String> out)
                throws Exception {
            long end = ctx.timestamp() / 1_000 * 1_000 + 999;
            Long before = sums.get(end);
            sums.put(end, before == null ? record.f1 : before + record.f1);
            ctx.timerService().registerEventTimeTimer(end);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out)
                throws Exception {
            long sum = sums.get(timestamp);
            sums.remove(timestamp);
            String said = ctx.getCurrentKey() + "@" + timestamp + "=" + sum;
            if (sum % 2 == 1) {
                ctx.output(SIDE, said);
            } else {
                out.collect(said);
            }
        }
    }

    /** Lets all records pass. */
    private static final class Passing
            extends KeyedProcessFunction<Long, Tuple3<Long, Long, Long>, Tuple3<Long, Long, Long>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(
                Tuple3<Long, Long, Long> record,
                Context ctx,
                Collector<Tuple3<Long, Long, Long>> out) {
            out.collect(record);
        }
    }

    /** All records of a window, in order. */
    private static final class Listing<W extends Window>
            extends ProcessWindowFunction<Tuple3<Long, Long, Long>, String, Long, W> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Long key,
                Context context,
                Iterable<Tuple3<Long, Long, Long>> records,
                Collector<String> out) {
            StringBuilder text = new StringBuilder(key + ":");
            records.forEach(record -> text.append(' ').append(record.f2));
            out.collect(text.toString());
        }
    }

    /** Where a window was, and what it has. */
    private static final class Labelled
            extends ProcessWindowFunction<Tuple3<Long, Long, Long>, String, Long, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Long key,
                Context context,
                Iterable<Tuple3<Long, Long, Long>> sums,
                Collector<String> out) {
            sums.forEach(sum -> out.collect(key + "@" + context.window() + "=" + sum.f1));
        }
    }

    private static Tuple3<Long, Long, Long> add(
            Tuple3<Long, Long, Long> a, Tuple3<Long, Long, Long> b) {
        return Tuple3.of(a.f0, a.f1 + b.f1, Math.max(a.f2, b.f2));
    }

    /** Counts the records of two streams, and says so at the end of time. */
    private static final class Meeting
            extends KeyedCoProcessFunction<
                    Long, Tuple3<Long, Long, Long>, Tuple3<Long, Long, Long>, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> first;
        private transient ValueState<Long> second;

        @Override
        public void open(OpenContext openContext) {
            first = getRuntimeContext().getState(new ValueStateDescriptor<>("first", Types.LONG));
            second = getRuntimeContext().getState(new ValueStateDescriptor<>("second", Types.LONG));
        }

        private static void count(ValueState<Long> state, Context ctx) throws Exception {
            state.update(state.value() == null ? 1 : state.value() + 1);
            ctx.timerService().registerEventTimeTimer(RECORDS);
        }

        @Override
        public void processElement1(
                Tuple3<Long, Long, Long> record, Context ctx, Collector<String> out)
                throws Exception {
            count(first, ctx);
        }

        @Override
        public void processElement2(
                Tuple3<Long, Long, Long> record, Context ctx, Collector<String> out)
                throws Exception {
            count(second, ctx);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out)
                throws Exception {
            out.collect(ctx.getCurrentKey() + ": " + first.value() + " and " + second.value());
        }
    }

    /** Weighs sums with what was broadcast, at the end of time. */
    private static final class Weighing
            extends KeyedBroadcastProcessFunction<Long, Tuple3<Long, Long, Long>, Long, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> sum;

        @Override
        public void open(OpenContext openContext) {
            sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
        }

        @Override
        public void processElement(
                Tuple3<Long, Long, Long> record, ReadOnlyContext ctx, Collector<String> out)
                throws Exception {
            sum.update(sum.value() == null ? record.f1 : sum.value() + record.f1);
            ctx.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }

        @Override
        public void processBroadcastElement(Long weight, Context ctx, Collector<String> out)
                throws Exception {
            ctx.getBroadcastState(WEIGHTS).put(weight % 3, weight);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext ctx, Collector<String> out)
                throws Exception {
            long weight = ctx.getBroadcastState(WEIGHTS).get(ctx.getCurrentKey() % 3);
            out.collect(ctx.getCurrentKey() + "=" + weight * sum.value());
        }
    }

    private static final class Together
            extends ProcessJoinFunction<
                    Tuple3<Long, Long, Long>, Tuple3<Long, Long, Long>, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(
                Tuple3<Long, Long, Long> left,
                Tuple3<Long, Long, Long> right,
                Context ctx,
                Collector<String> out) {
            out.collect(left.f2 + "-" + right.f2 + "@" + ctx.getTimestamp());
        }
    }

    /** An operator of the program's own with state and timers. */
    private static final class Own extends AbstractStreamOperator<String>
            implements OneInputStreamOperator<Tuple3<Long, Long, Long>, String>,
                    Triggerable<Long, VoidNamespace> {
        private static final long serialVersionUID = 1L;
        private transient InternalTimerService<VoidNamespace> timers;
        private transient ValueState<Long> first;

        @Override
        public void open() throws Exception {
            super.open();
            timers = getInternalTimerService("own", VoidNamespaceSerializer.INSTANCE, this);
            first = getRuntimeContext().getState(new ValueStateDescriptor<>("first", Types.LONG));
        }

        @Override
        public void processElement(StreamRecord<Tuple3<Long, Long, Long>> element)
                throws Exception {
            if (first.value() == null) {
                first.update(element.getTimestamp());
            }
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, element.getTimestamp() + 10);
        }

        @Override
        public void onEventTime(InternalTimer<Long, VoidNamespace> timer) throws Exception {
            output.collect(
                    new StreamRecord<>(
                            timer.getKey()
                                    + "@"
                                    + timer.getTimestamp()
                                    + " after "
                                    + first.value()));
        }

        @Override
        public void onProcessingTime(InternalTimer<Long, VoidNamespace> timer) {
            throw new IllegalStateException("no such timer");
        }
    }

    /** Numbers the records of each key. */
    private static final class Numbering
            extends RichFlatMapFunction<Tuple3<Long, Long, Long>, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext openContext) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void flatMap(Tuple3<Long, Long, Long> record, Collector<String> out)
                throws Exception {
            long number = count.value() == null ? 1 : count.value() + 1;
            count.update(number);
            out.collect(record.f2 + " is " + number + " of " + record.f0);
        }
    }

    /** What is the same in both modes. */
    private enum Program {
        PROCESS_FUNCTION(
                env -> {
                    SingleOutputStreamOperator<String> even = records(env).process(new Periods());
                    return even.union(even.getSideOutput(SIDE));
                }),
        TUMBLING_WINDOWS(
                env ->
                        records(env)
                                .window(TumblingEventTimeWindows.of(Duration.ofMillis(700)))
                                .reduce(GroupedProgramsTest::add, new Labelled())),
        SLIDING_WINDOWS(
                env ->
                        records(env)
                                .window(
                                        SlidingEventTimeWindows.of(
                                                Duration.ofMillis(900), Duration.ofMillis(300)))
                                .reduce(GroupedProgramsTest::add, new Labelled())),
        SESSION_WINDOWS(
                env ->
                        records(env)
                                .filter(record -> record.f2 / 1_000 % 2 == 0)
                                .keyBy(record -> record.f0)
                                .window(EventTimeSessionWindows.withGap(Duration.ofMillis(600)))
                                .reduce(GroupedProgramsTest::add, new Labelled())),
        WINDOWS_WITH_AN_EVICTOR(
                env ->
                        records(env)
                                .window(TumblingEventTimeWindows.of(Duration.ofMillis(2_000)))
                                .evictor(CountEvictor.of(2))
                                .process(new Listing<TimeWindow>())),
        SESSIONS_OF_ALL_RECORDS(
                env ->
                        records(env)
                                .window(EventTimeSessionWindows.withGap(Duration.ofMillis(450)))
                                .process(new Listing<TimeWindow>())),
        COUNTED_WINDOWS(
                env ->
                        records(env)
                                .window(GlobalWindows.create())
                                .trigger(PurgingTrigger.of(CountTrigger.of(5)))
                                .process(new Listing<GlobalWindow>())),
        WINDOWS_OF_ALL_RECORDS(
                env ->
                        records(env)
                                .window(GlobalWindows.createWithEndOfStreamTrigger())
                                .reduce(GroupedProgramsTest::add, new Listing<GlobalWindow>())),
        WINDOWS_OF_ALL_RECORDS_WITHOUT_TIMESTAMPS(
                env ->
                        env.fromSequence(0, RECORDS - 1)
                                .setParallelism(1)
                                .map(number -> number % KEYS + ":" + number)
                                .returns(Types.STRING)
                                .setParallelism(1)
                                .keyBy(text -> text.substring(0, text.indexOf(':')))
                                .window(GlobalWindows.createWithEndOfStreamTrigger())
                                .reduce((a, b) -> a + "," + b)),
        TWO_STREAMS(
                env ->
                        records(env)
                                .filter(record -> record.f1 < 9)
                                .keyBy(record -> record.f0)
                                .connect(records(env))
                                .process(new Meeting())),
        BROADCAST(
                env ->
                        records(env)
                                .connect(env.fromSequence(30, 32).broadcast(WEIGHTS))
                                .process(new Weighing())),
        INTERVAL_JOIN(
                env ->
                        records(env)
                                .intervalJoin(records(env))
                                .between(Duration.ofMillis(-600), Duration.ofMillis(500))
                                .process(new Together())),
        WINDOW_JOIN(
                env ->
                        records(env)
                                .join(records(env))
                                .where(record -> record.f0)
                                .equalTo(record -> record.f0)
                                .window(TumblingEventTimeWindows.of(Duration.ofMillis(1_500)))
                                .apply((a, b) -> a.f2 + "+" + b.f2, Types.STRING)),
        OWN_OPERATOR(env -> records(env).transform("Own", Types.STRING, new Own())),
        STATE_OF_A_FLAT_MAP(env -> records(env).flatMap(new Numbering())),
        ONE_BEHIND_ANOTHER_IN_A_CHAIN(
                env ->
                        DataStreamUtils.reinterpretAsKeyedStream(
                                        records(env).process(new Passing()).returns(RECORD),
                                        record -> record.f0)
                                .process(new Periods())),
        WINDOWS_BEHIND_A_PROCESS_FUNCTION(
                env ->
                        records(env)
                                .process(new Periods())
                                .map(text -> text.substring(0, text.indexOf('@')))
                                .keyBy(text -> text)
                                .countWindow(2)
                                .reduce((a, b) -> a + "," + b));

        private final Function<StreamExecutionEnvironment, DataStream<String>> program;

        Program(Function<StreamExecutionEnvironment, DataStream<String>> program) {
            this.program = program;
        }

        List<String> results(StreamExecutionEnvironment env) throws Exception {
            return GroupedProgramsTest.results(program.apply(env));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBatchJobGivesWhatAStreamGives(Program program) throws Exception {
        List<String> streamed = program.results(environment(RuntimeExecutionMode.STREAMING));

        assertThat(program.results(environment(RuntimeExecutionMode.BATCH))).isEqualTo(streamed);
        assertThat(streamed).hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"execution.sorted-inputs.enabled", "execution.batch-state-backend.enabled"})
    void soItDoesWithoutSortsOrWithTheStateOfAllKeys(String option) throws Exception {
        for (Program program :
                List.of(Program.PROCESS_FUNCTION, Program.SESSION_WINDOWS, Program.TWO_STREAMS)) {
            assertThat(program.results(environment(RuntimeExecutionMode.BATCH, option, "false")))
                    .isEqualTo(program.results(environment(RuntimeExecutionMode.STREAMING)));
        }
    }

    /** Fails for one key. */
    private static final class Failing
            extends KeyedProcessFunction<Long, Tuple3<Long, Long, Long>, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(
                Tuple3<Long, Long, Long> record, Context ctx, Collector<String> out) {
            if (ctx.getCurrentKey() == 77) {
                throw new IllegalStateException("not this key");
            }
            out.collect("" + record);
        }
    }

    @Test
    void aFunctionThatFailsForOneKeyFailsTheJob() {
        StreamExecutionEnvironment env =
                environment(RuntimeExecutionMode.BATCH, "restart.strategy", "none");

        assertThatThrownBy(() -> results(records(env).process(new Failing()).name("picky")))
                .hasStackTraceContaining("picky")
                .hasStackTraceContaining("not this key");
    }
}
