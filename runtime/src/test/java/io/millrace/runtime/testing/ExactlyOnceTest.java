package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec.MapSpec;
import io.millrace.api.graph.OperatorSpec.SinkSpec;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.FunctionSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SupportsCommitter;
import io.millrace.api.sink.TwoPhaseCommitSinkFunction;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.source.Boundedness;
import io.millrace.api.source.FunctionSource;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.operator.StreamOperators;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jobs that are stopped again and again, and go on from their last checkpoint: what has been
 * committed in the end is what one run without a stop gives.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ExactlyOnceTest {
    private static final long RECORDS = 60_000;
    private static final int SUBTASKS = 2;
    private static final int TASKS = 4 * SUBTASKS;

    /** What transactions hold, and what of it has been made visible. */
    private static final Map<String, List<Long>> TRANSACTIONS = new ConcurrentHashMap<>();

    private static final Map<String, List<Long>> COMMITTED = new ConcurrentHashMap<>();

    /** How far each source subtask may read. */
    private static final AtomicLong PERMITTED = new AtomicLong();

    private boolean overtaking;

    @TempDir Path work;

    @BeforeEach
    void forget() {
        TRANSACTIONS.clear();
        COMMITTED.clear();
        PERMITTED.set(0);
    }

    private static boolean isPermitted(long number) {
        return number % (RECORDS / SUBTASKS) < PERMITTED.get();
    }

    /** Numbers each record of its subtask; the number is its state. */
    private static final class Numbering implements MapFunction<Long, Long>, CheckpointedFunction {
        private static final long serialVersionUID = 1L;

        private transient ListState<Long> state;
        private transient ListState<Long> many; // so many that they are written later
        private long count;

        @Override
        public Long map(Long value) {
            count++;
            return value;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(List.of(count));
            many.update(LongStream.range(0, 2000).boxed().toList());
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("count", Types.LONG));
            many =
                    context.getOperatorStateStore()
                            .getUnionListState(new ListStateDescriptor<>("many", Types.LONG));
            for (Long saved : state.get()) {
                count += saved;
            }
        }
    }

    /** Prepares something for each checkpoint. */
    private static final class PreparingSink implements Sink<Long>, SupportsCommitter<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public CommittingSinkWriter<Long, Long> createWriter(WriterInitContext context) {
            return new CommittingSinkWriter<>() {
                private long sum;

                @Override
                public void write(Long element, Context context) {
                    sum += element;
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public List<Long> prepareCommit() {
                    return List.of(sum);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Committer<Long> createCommitter(CommitterInitContext context) {
            throw new UnsupportedOperationException("nothing is committed here");
        }

        @Override
        public SimpleVersionedSerializer<Long> getCommittableSerializer() {
            return new SimpleVersionedSerializer<>() {
                @Override
                public int getVersion() {
                    return 1;
                }

                @Override
                public byte[] serialize(Long value) {
                    return value.toString().getBytes(StandardCharsets.UTF_8);
                }

                @Override
                public Long deserialize(int version, byte[] serialized) {
                    return Long.valueOf(new String(serialized, StandardCharsets.UTF_8));
                }
            };
        }
    }

    @SuppressWarnings("deprecation")
    private static final class Transactions
            extends TwoPhaseCommitSinkFunction<Long, String, String> {
        private static final long serialVersionUID = 1L;

        Transactions() {
            super(strings(), strings());
        }

        private static TypeSerializer<String> strings() {
            return Types.STRING.createSerializer(
                    new io.millrace.api.serialization.SerializerSettings());
        }

        @Override
        protected String beginTransaction() {
            String id = UUID.randomUUID().toString();
            TRANSACTIONS.put(id, new ArrayList<>());
            return id;
        }

        @Override
        protected void invoke(String transaction, Long value, Context context) {
            TRANSACTIONS.get(transaction).add(value);
        }

        @Override
        protected void preCommit(String transaction) {}

        @Override
        protected void commit(String transaction) {
            List<Long> content = TRANSACTIONS.get(transaction);
            if (content == null) {
                throw new IllegalStateException(transaction + " was aborted, and is committed");
            }
            COMMITTED.put(transaction, content);
        }

        @Override
        protected void abort(String transaction) {
            if (!COMMITTED.containsKey(transaction)) {
                TRANSACTIONS.remove(transaction);
            }
        }
    }

    private StreamGraph program() {
        return Graphs.in(ExecutionMode.STREAMING)
                .with("execution.checkpointing.unaligned.enabled", String.valueOf(overtaking))
                .with("execution.checkpointing.interval", "1 h")
                .with("execution.checkpointing.dir", work.toUri().toString())
                .parallelism(SUBTASKS)
                .node(
                        "numbers",
                        new SourceSpec(
                                new RangeSource<>(
                                        RECORDS, number -> number, ExactlyOnceTest::isPermitted),
                                WatermarkStrategy.noWatermarks()),
                        Types.LONG)
                .node("numbering", new MapSpec(new Numbering()), Types.LONG)
                .node("sink", new SinkSpec(new FunctionSink<>(new Transactions())), null)
                .edge(1, 2, Partitioning.Kind.REBALANCE)
                .node("prepared", new SinkSpec(new PreparingSink()), null)
                .edge(2, 3, Partitioning.Kind.REBALANCE)
                .edge(2, 4, Partitioning.Kind.REBALANCE)
                .build();
    }

    /** Counts, under its lock; what it counted is its state. */
    @SuppressWarnings("deprecation")
    private static final class CountingFunction
            implements SourceFunction<Long>, CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1L;

        private transient ListState<Long> state;
        private long next;
        private Object lock = this;
        private volatile boolean canceled;

        @Override
        public void run(SourceContext<Long> context) {
            lock = context.getCheckpointLock();
            while (!canceled && next < RECORDS) {
                synchronized (context.getCheckpointLock()) {
                    if (next < PERMITTED.get()) {
                        context.collect(next);
                        next++;
                    }
                }
            }
        }

        @Override
        public void cancel() {
            canceled = true;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            synchronized (lock) { // as programs do
                state.update(List.of(next));
            }
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("next", Types.LONG));
            for (Long saved : state.get()) {
                next = saved;
            }
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (!Thread.holdsLock(lock)) {
                throw new IllegalStateException("told without the lock");
            }
        }
    }

    @SuppressWarnings("deprecation")
    private LocalJob functionJob() {
        StreamGraph program =
                Graphs.in(ExecutionMode.STREAMING)
                        .with("execution.checkpointing.interval", "1 h")
                        .with("execution.checkpointing.dir", work.toUri().toString())
                        .node(
                                "numbers",
                                new SourceSpec(
                                        new FunctionSource<>(
                                                new CountingFunction(),
                                                Types.LONG,
                                                Boundedness.BOUNDED),
                                        WatermarkStrategy.noWatermarks()),
                                Types.LONG)
                        .node("sink", new SinkSpec(new FunctionSink<>(new Transactions())), null)
                        .edge(1, 2, Partitioning.Kind.REBALANCE)
                        .build();
        return new LocalJob(program, new StreamOperators(), Config.empty());
    }

    @Test
    void aSourceFunctionGoesOnWhereItWas() throws Exception {
        LocalCheckpoint last = null;
        long id = 1;
        for (int life = 0; life < 4; life++) {
            try (LocalJob job = functionJob()) {
                start(job, last);
                PERMITTED.addAndGet(RECORDS / 8);
                last = job.await(job.trigger(id++), 30);
                assertThat(last.isComplete()).as(last.toString()).isTrue();
                job.ended(last.id(), true);
            }
        }
        PERMITTED.set(RECORDS);
        try (LocalJob job = functionJob()) {
            start(job, last);
            while (!job.isFinished()) {
                LocalCheckpoint next = job.await(job.trigger(id++), 30);
                job.ended(next.id(), true);
            }
            job.awaitFinished(30);
        }
        assertEachIsCommittedOnce();
    }

    private static void assertEachIsCommittedOnce() {
        List<Long> committed = COMMITTED.values().stream().flatMap(List::stream).sorted().toList();
        assertThat(committed).isEqualTo(LongStream.range(0, RECORDS).boxed().toList());
    }

    private LocalJob job(boolean overNetwork) {
        return overNetwork
                ? LocalJob.overNetwork(program(), new StreamOperators(), Config.empty())
                : new LocalJob(program(), new StreamOperators(), Config.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, 1",
        "true, false, 2",
        "false, true, 3",
        "false, true, 4",
        "true, true, 5",
        "true, true, 6"
    })
    void whatIsCommittedIsThereOnce(boolean overNetwork, boolean overtakes, long seed)
            throws Exception {
        overtaking = overtakes;
        Random random = new Random(seed);
        LocalCheckpoint last = null;
        long id = 1;
        int midway = 0;
        for (int life = 0; life < 4; life++) {
            try (LocalJob job = job(overNetwork)) {
                start(job, last);
                for (int i = 0; i < 3; i++) {
                    LocalCheckpoint next = job.trigger(id++);
                    PERMITTED.addAndGet(1 + random.nextInt(2000));
                    job.await(next, 30);
                    assertThat(next.isComplete()).as(next.toString()).isTrue();
                    last = next;
                    midway += next.tasks().size() == TASKS ? 1 : 0;
                    if (random.nextBoolean()) {
                        job.ended(next.id(), true);
                    }
                }
            }
        }
        assertThat(midway).isGreaterThan(6);
        finish(overNetwork, last, id);
    }

    static List<FaultPoint> points() {
        return FaultPoint.of(FaultPoint.Room.SNAPSHOT);
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    @ParameterizedTest
    @MethodSource("points")
    void aWorkerThatCrashesLosesAndDoublesNothing(FaultPoint point) throws Exception {
        overtaking = point == FaultPoint.SNAPSHOT_CHANNELS_HALF_WRITTEN;
        PERMITTED.set(1000);
        LocalCheckpoint last = null;
        long id = 1;
        try (LocalJob job = job(false)) {
            start(job, null);
            last = job.await(job.trigger(id++), 30);
            assertThat(last.isComplete()).isTrue();
            job.ended(last.id(), true);
            System.setProperty(FaultPoint.CRASH_HOW, "throw");
            System.setProperty(FaultPoint.CRASH_AT, point.name());
            boolean crashed = false;
            while (!crashed && id < 300) {
                PERMITTED.addAndGet(RECORDS / 200);
                LocalCheckpoint next = job.awaitOrCrash(job.trigger(id++), 30);
                crashed = System.getProperty(FaultPoint.CRASH_AT) == null;
                if (!crashed) {
                    last = next;
                    job.ended(next.id(), true);
                }
            }
            assertThat(crashed).as("somebody comes to " + point).isTrue();
        }
        finish(false, last, id);
    }

    private void finish(boolean overNetwork, LocalCheckpoint last, long firstId) throws Exception {
        long id = firstId;
        PERMITTED.set(RECORDS);
        try (LocalJob job = job(overNetwork)) {
            start(job, last);
            while (!job.isFinished()) {
                LocalCheckpoint next = job.await(job.trigger(id++), 30);
                job.ended(next.id(), true);
            }
            job.awaitFinished(30);
        }
        assertEachIsCommittedOnce();
    }

    private static void start(LocalJob job, LocalCheckpoint last) {
        if (last == null) {
            job.start();
        } else {
            job.start(last);
        }
        job.awaitRunning(30);
    }
}
