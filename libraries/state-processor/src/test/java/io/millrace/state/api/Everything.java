package io.millrace.state.api;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.stream.SingleOutputStreamOperator;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.testutils.CollectingSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A job that has state of each kind of the numbers 0 to 59, whose key is the last digit as a text
 * and whose time is so many seconds.
 */
final class Everything {
    static final int NUMBERS = 60;

    static final ValueStateDescriptor<Long> SUM = new ValueStateDescriptor<>("sum", Types.LONG);
    static final ListStateDescriptor<Long> ALL = new ListStateDescriptor<>("all", Types.LONG);
    static final MapStateDescriptor<Long, String> NAMES =
            new MapStateDescriptor<>("names", Types.LONG, Types.STRING);
    static final ReducingStateDescriptor<Long> MOST =
            new ReducingStateDescriptor<>("most", Math::max, Types.LONG);
    static final AggregatingStateDescriptor<Long, Tuple2<Long, Long>, Double> MEAN =
            new AggregatingStateDescriptor<>(
                    "mean", new Mean(), Types.TUPLE(Types.LONG, Types.LONG));
    static final MapStateDescriptor<String, Long> RULES =
            new MapStateDescriptor<>("rules", Types.STRING, Types.LONG);
    static final ListStateDescriptor<Long> ITEMS = new ListStateDescriptor<>("items", Types.LONG);
    static final ListStateDescriptor<Long> UNION = new ListStateDescriptor<>("union", Types.LONG);
    static final TumblingEventTimeWindows MINUTE_THIRDS =
            TumblingEventTimeWindows.of(Duration.ofSeconds(20));
    static final SlidingEventTimeWindows SLIDING =
            SlidingEventTimeWindows.of(Duration.ofSeconds(40), Duration.ofSeconds(20));
    static final EventTimeSessionWindows SESSIONS =
            EventTimeSessionWindows.withGap(Duration.ofSeconds(15));

    private Everything() {}

    static String key(long number) {
        return "k" + number % 10;
    }

    /**
     * Runs the job until it has seen all, and stops it.
     *
     * @return the path of the savepoint
     */
    static String savepoint(StreamExecutionEnvironment env, Path directory) throws Exception {
        try (CollectingSink<Long> sink = new CollectingSink<>()) {
            return start(env, sink)
                    .stopWithSavepoint(
                            false, directory.toUri().toString(), SavepointFormatType.NATIVE)
                    .get();
        }
    }

    /** Starts the job, and waits until it has seen all. */
    static JobClient start(StreamExecutionEnvironment env, CollectingSink<Long> sink)
            throws Exception {
        int sinks = build(env, sink);
        JobClient job = env.executeAsync();
        while (sink.results().size() < sinks * NUMBERS) {
            if (job.getJobStatus().get().isGloballyTerminalState()) {
                job.getJobExecutionResult().get();
                throw new AssertionError("the job has ended by itself");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return job;
    }

    private static int build(StreamExecutionEnvironment env, CollectingSink<Long> sink) {
        SingleOutputStreamOperator<Long> numbers =
                env.addSource(new Numbers(), Types.LONG).uid("numbers").setParallelism(1);
        KeyedStream<Long, String> keyed = numbers.keyBy(Everything::key, Types.STRING);
        keyed.process(new Remember()).returns(Types.LONG).uid("keyed").sinkTo(sink);
        numbers.rebalance().map(new Lists()).returns(Types.LONG).uid("lists").sinkTo(sink);
        numbers.rebalance()
                .connect(numbers.broadcast(RULES))
                .process(new Rules())
                .returns(Types.LONG)
                .uid("rules")
                .sinkTo(sink);
        ReduceFunction<Long> sum = Long::sum;
        keyed.window(MINUTE_THIRDS).reduce(sum).returns(Types.LONG).uid("tumbling").sinkTo(sink);
        keyed.window(SLIDING)
                .aggregate(new Mean(), Types.TUPLE(Types.LONG, Types.LONG), Types.DOUBLE)
                .uid("sliding")
                .map(mean -> -1L)
                .returns(Types.LONG)
                .sinkTo(sink);
        keyed.window(SESSIONS).reduce(sum).returns(Types.LONG).uid("sessions").sinkTo(sink);
        keyed.window(MINUTE_THIRDS)
                .process(new Count())
                .returns(Types.LONG)
                .uid("collected")
                .sinkTo(sink);
        keyed.window(MINUTE_THIRDS)
                .evictor(CountEvictor.of(1))
                .process(new Count())
                .returns(Types.LONG)
                .uid("evicted")
                .sinkTo(sink);
        return 3;
    }

    /** All numbers, then nothing until it is cancelled. */
    private static final class Numbers implements SourceFunction<Long> {
        private static final long serialVersionUID = 1L;
        private volatile boolean cancelled;

        @Override
        public void run(SourceContext<Long> context) throws Exception {
            for (long number = 0; number < NUMBERS; number++) {
                context.collectWithTimestamp(number, number * 1_000);
            }
            while (!cancelled) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private static final class Remember extends KeyedProcessFunction<String, Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Long number, Context context, Collector<Long> out)
                throws Exception {
            ValueState<Long> sum = getRuntimeContext().getState(SUM);
            sum.update((sum.value() == null ? 0 : sum.value()) + number);
            getRuntimeContext().getListState(ALL).add(number);
            getRuntimeContext().getMapState(NAMES).put(number, "n" + number);
            getRuntimeContext().getReducingState(MOST).add(number);
            getRuntimeContext().getAggregatingState(MEAN).add(number);
            context.timerService().registerEventTimeTimer(1_000_000 + number);
            context.timerService().registerProcessingTimeTimer(Long.MAX_VALUE / 2 + number);
            out.collect(number);
        }
    }

    private static final class Lists extends RichMapFunction<Long, Long>
            implements CheckpointedFunction {
        private static final long serialVersionUID = 1L;
        private transient ListState<Long> items;
        private transient ListState<Long> union;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            items = context.getOperatorStateStore().getListState(ITEMS);
            union = context.getOperatorStateStore().getUnionListState(UNION);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}

        @Override
        public Long map(Long number) throws Exception {
            items.add(number);
            union.add(number + 1_000);
            return number;
        }
    }

    private static final class Rules extends BroadcastProcessFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;
        private transient long number;

        @Override
        public void open(OpenContext context) {
            number = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        }

        @Override
        public void processElement(Long value, ReadOnlyContext context, Collector<Long> out) {}

        @Override
        public void processBroadcastElement(Long value, Context context, Collector<Long> out)
                throws Exception {
            context.getBroadcastState(RULES).put(key(value), value);
            if (number == 0) {
                out.collect(value);
            }
        }
    }

    /** The mean of numbers, by their sum and count. */
    static final class Mean implements AggregateFunction<Long, Tuple2<Long, Long>, Double> {
        private static final long serialVersionUID = 1L;

        @Override
        public Tuple2<Long, Long> createAccumulator() {
            return Tuple2.of(0L, 0L);
        }

        @Override
        public Tuple2<Long, Long> add(Long value, Tuple2<Long, Long> accumulator) {
            return Tuple2.of(accumulator.f0 + value, accumulator.f1 + 1);
        }

        @Override
        public Double getResult(Tuple2<Long, Long> accumulator) {
            return accumulator.f0 / (double) accumulator.f1;
        }

        @Override
        public Tuple2<Long, Long> merge(Tuple2<Long, Long> a, Tuple2<Long, Long> b) {
            return Tuple2.of(a.f0 + b.f0, a.f1 + b.f1);
        }
    }

    static final class Count extends ProcessWindowFunction<Long, Long, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                String key, Context context, Iterable<Long> elements, Collector<Long> out) {
            long count = 0;
            for (Long ignored : elements) {
                count++;
            }
            out.collect(count);
        }
    }
}
