package io.millrace.host.recovery;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedBroadcastProcessFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.connector.datagen.DataGeneratorSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that keeps every number in state of every kind and says at its end what it has kept:
 * splits of a source, split and union lists, values, maps, timers and broadcast state. What is
 * lost, doubled or given to the wrong subtask shows.
 *
 * <p>Fields that are static are how tasks in this process tell the test; one program at a time.
 */
final class Ledger {
    static final long RECORDS = 120_000;
    static final int KEYS = 60;
    private static final int RULES = 3;

    /** One line of each key, from a timer that fires when all input has ended. */
    static final List<String> LINES = new CopyOnWriteArrayList<>();

    static final AtomicLong IN_SPLIT_LISTS = new AtomicLong();
    static final AtomicLong IN_UNION_LISTS = new AtomicLong();
    static final AtomicBoolean FAIL = new AtomicBoolean();
    static volatile CountDownLatch checkpoints = new CountDownLatch(0);

    /** Of a wider job no task comes to run. */
    static volatile int mostSubtasks = Integer.MAX_VALUE;

    private Ledger() {}

    static void forget() {
        LINES.clear();
        IN_SPLIT_LISTS.set(0);
        IN_UNION_LISTS.set(0);
        FAIL.set(false);
        mostSubtasks = Integer.MAX_VALUE;
    }

    /** The line of a key that has had its numbers and all rules once. */
    static String lineOf(long key) {
        long sum = 0;
        for (long number = key; number < RECORDS; number += KEYS) {
            sum += number;
        }
        return key + ": " + RECORDS / KEYS + " numbers, sum " + sum + ", " + RULES + " rules";
    }

    /**
     * @param perCheckpoint numbers of all subtasks that come until the next checkpoint is complete;
     *     0 for as fast as they can
     * @param pauseNanos that a key takes for a number, so that records wait before it
     */
    static void build(StreamExecutionEnvironment env, int perCheckpoint, long pauseNanos) {
        MapStateDescriptor<String, String> rules =
                new MapStateDescriptor<>("rules", Types.STRING, Types.STRING);
        var broadcast = env.fromData("a", "b", "c").uid("rule-source").broadcast(rules);
        env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index,
                                RECORDS,
                                perCheckpoint == 0
                                        ? RateLimiterStrategy.noOp()
                                        : RateLimiterStrategy.perCheckpoint(perCheckpoint),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .rebalance()
                .map(new Tally())
                .uid("tally")
                .returns(Types.LONG)
                .keyBy(number -> number % KEYS)
                .connect(broadcast)
                .process(new Keep(rules, pauseNanos))
                .uid("keep")
                .returns(Types.STRING)
                .map(
                        line -> {
                            LINES.add(line);
                            return line;
                        })
                .uid("lines");
    }

    /** Counts what passes in a split list, two items each, and in a union list. */
    private static final class Tally extends RichMapFunction<Long, Long>
            implements CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1L;

        private transient ListState<Long> split;
        private transient ListState<Long> union;
        private transient long mine;
        private transient long ofAll;

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
            if (subtasks > mostSubtasks) {
                throw new IllegalStateException("does not run as " + subtasks + " subtasks");
            }
            split =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("split", Types.LONG));
            union =
                    context.getOperatorStateStore()
                            .getUnionListState(new ListStateDescriptor<>("union", Types.LONG));
            for (Long count : split.get()) {
                mine += count;
            }
            boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
            for (Long count : union.get()) {
                ofAll += first ? count : 0;
            }
        }

        @Override
        public Long map(Long number) {
            if (FAIL.compareAndSet(true, false)) {
                throw new IllegalStateException("fails as it was told to");
            }
            mine++;
            ofAll++;
            return number;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            split.update(List.of(mine / 3, mine - mine / 3));
            union.update(List.of(ofAll));
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpoints.countDown();
        }

        @Override
        public void close() {
            IN_SPLIT_LISTS.addAndGet(mine);
            IN_UNION_LISTS.addAndGet(ofAll);
        }
    }

    private static final class Keep
            extends KeyedBroadcastProcessFunction<Long, Long, String, String> {
        private static final long serialVersionUID = 1L;

        private final MapStateDescriptor<String, String> rules;
        private final long pauseNanos;
        private transient ValueState<Long> sum;
        private transient MapState<Long, Long> countByLastDigit;

        Keep(MapStateDescriptor<String, String> rules, long pauseNanos) {
            this.rules = rules;
            this.pauseNanos = pauseNanos;
        }

        @Override
        public void open(OpenContext context) {
            sum = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Types.LONG));
            countByLastDigit =
                    getRuntimeContext()
                            .getMapState(new MapStateDescriptor<>("count", Types.LONG, Types.LONG));
        }

        @Override
        public void processElement(Long number, ReadOnlyContext context, Collector<String> out)
                throws Exception {
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
            Long before = sum.value();
            sum.update(before == null ? number : before + number);
            Long count = countByLastDigit.get(number % 10);
            countByLastDigit.put(number % 10, count == null ? 1 : count + 1);
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }

        @Override
        public void processBroadcastElement(String rule, Context context, Collector<String> out)
                throws Exception {
            context.getBroadcastState(rules).put(rule, rule);
        }

        @Override
        public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
                throws Exception {
            long numbers = 0;
            for (Long count : countByLastDigit.values()) {
                numbers += count;
            }
            int known = 0;
            for (var ignored : context.getBroadcastState(rules).immutableEntries()) {
                known++;
            }
            out.collect(
                    context.getCurrentKey()
                            + ": "
                            + numbers
                            + " numbers, sum "
                            + sum.value()
                            + ", "
                            + known
                            + " rules");
        }
    }
}
