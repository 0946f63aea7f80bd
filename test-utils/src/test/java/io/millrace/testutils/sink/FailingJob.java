package io.millrace.testutils.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.Sink;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.testutils.RestartStrategyUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A job that counts from 0, fails twice when it hears of a checkpoint, and ends. */
final class FailingJob {
    private static final int CHECKPOINTS = 6;
    private static final AtomicInteger COMPLETE = new AtomicInteger();
    private static final AtomicLong EMITTED = new AtomicLong();

    private FailingJob() {}

    static void clear() {
        COMPLETE.set(0);
        EMITTED.set(0);
    }

    /** Counts until enough checkpoints are complete, and fails when it hears of some of them. */
    @SuppressWarnings("deprecation")
    private static final class Counting
            implements SourceFunction<Long>, CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1L;

        private transient ListState<Long> state;
        private long next;
        private volatile boolean canceled;

        @Override
        public void run(SourceContext<Long> context) throws Exception {
            while (!canceled && COMPLETE.get() < CHECKPOINTS) {
                synchronized (context.getCheckpointLock()) {
                    for (int i = 0; i < 100 && next < 1_000L * (COMPLETE.get() + 1); i++) {
                        context.collect(next++);
                    }
                }
                Thread.sleep(1); // its pace: checkpoints come between and amid the numbers
            }
            EMITTED.set(next);
        }

        @Override
        public void cancel() {
            canceled = true;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(List.of(next));
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
            int complete = COMPLETE.incrementAndGet();
            if (complete == 2 || complete == 4) {
                throw new IllegalStateException("the crash that the test wants");
            }
        }
    }

    @SuppressWarnings("deprecation")
    private static DataStream<Long> numbers(Path work, boolean overtaking) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration options = new Configuration();
        options.setString("execution.checkpointing.interval", "10 ms");
        options.setString("execution.checkpointing.dir", work.resolve("chk").toUri().toString());
        options.setString("execution.checkpointing.unaligned.enabled", String.valueOf(overtaking));
        env.configure(options);
        RestartStrategyUtils.configureFixedDelayRestartStrategy(env, 20, 1L);
        env.setParallelism(2);
        return env.addSource(new Counting()).returns(Types.LONG).uid("numbers").rebalance();
    }

    private static long end(StreamExecutionEnvironment env) throws Exception {
        env.execute();
        assertThat(COMPLETE.get()).isGreaterThanOrEqualTo(CHECKPOINTS);
        return EMITTED.get();
    }

    /** The job fails for good; returns its latest checkpoint. */
    static String runUntilItFails(Sink<Long> sink, Path work) throws IOException {
        DataStream<Long> numbers = numbers(work, true);
        StreamExecutionEnvironment env = numbers.getExecutionEnvironment();
        RestartStrategyUtils.configureNoRestartStrategy(env);
        Configuration options = new Configuration();
        options.setString(
                "execution.checkpointing.externalized-checkpoint-retention",
                "RETAIN_ON_CANCELLATION");
        env.configure(options);
        numbers.sinkTo(sink).uid("sink");
        assertThatThrownBy(env::execute).hasStackTraceContaining("the test wants");
        try (Stream<Path> all = Files.walk(work.resolve("chk"))) {
            return all.filter(file -> file.endsWith("manifest"))
                    .map(Path::getParent)
                    .max(Comparator.comparingLong(FailingJob::idOf))
                    .orElseThrow()
                    .toUri()
                    .toString();
        }
    }

    private static long idOf(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString());
    }

    /** Goes on from a checkpoint. */
    static long runFrom(String checkpoint, Sink<Long> sink, Path work) throws Exception {
        DataStream<Long> numbers = numbers(work, true);
        Configuration options = new Configuration();
        options.setString("execution.state-recovery.path", checkpoint);
        numbers.getExecutionEnvironment().configure(options);
        numbers.sinkTo(sink).uid("sink");
        return end(numbers.getExecutionEnvironment());
    }

    /** Returns how many numbers there were. */
    static long run(Sink<Long> sink, Path work, boolean overtaking) throws Exception {
        DataStream<Long> numbers = numbers(work, overtaking);
        numbers.sinkTo(sink).uid("sink");
        return end(numbers.getExecutionEnvironment());
    }

    static long run(Sink<Long> sink, Path work) throws Exception {
        return run(sink, work, true);
    }

    /** Through an operator at the end. */
    static long runThrough(String name, OneInputStreamOperator<Long, Long> operator, Path work)
            throws Exception {
        DataStream<Long> numbers = numbers(work, true);
        numbers.transform(name, Types.LONG, operator).uid(name);
        return end(numbers.getExecutionEnvironment());
    }

    /** Each number as text. */
    static long runText(Sink<String> sink, Path work) throws Exception {
        DataStream<Long> numbers = numbers(work, true);
        numbers.map(String::valueOf).returns(Types.STRING).sinkTo(sink).uid("sink");
        return end(numbers.getExecutionEnvironment());
    }

    /** Without failures and checkpoints. */
    static void runBounded(Sink<Long> sink, long numbers) throws Exception {
        runBounded(sink, numbers, ExecutionMode.BATCH);
    }

    static void runBounded(Sink<Long> sink, long numbers, ExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration options = new Configuration();
        options.setString("execution.runtime-mode", mode.name());
        env.configure(options);
        env.fromSequence(0, numbers - 1).sinkTo(sink).setParallelism(2);
        env.execute();
    }
}
