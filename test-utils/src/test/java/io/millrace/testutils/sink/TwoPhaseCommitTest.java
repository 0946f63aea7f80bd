package io.millrace.testutils.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.checkpoint.FunctionInitializationContext;
import io.millrace.api.checkpoint.FunctionSnapshotContext;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.CommittableMessageTypeInfo;
import io.millrace.api.sink.CommittableWithLineage;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.StandardSinkTopologies;
import io.millrace.api.sink.SupportsPostCommitTopology;
import io.millrace.api.sink.SupportsPreCommitTopology;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceFunction;
import io.millrace.api.state.CheckpointListener;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import io.millrace.testutils.RestartStrategyUtils;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that fail again and again, with sinks of several operators. */
@Timeout(60)
@SuppressWarnings("deprecation")
class TwoPhaseCommitTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final int CHECKPOINTS = 6;
    private static final AtomicInteger COMPLETE = new AtomicInteger();
    private static final AtomicLong EMITTED = new AtomicLong();
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger TOLD_TOO_EARLY = new AtomicInteger();

    @TempDir Path work;

    @BeforeEach
    void forget() {
        Ledger.clear();
        COMPLETE.set(0);
        EMITTED.set(0);
        TOLD.clear();
        TOLD_TOO_EARLY.set(0);
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    /** Counts until enough checkpoints are complete, and fails when it hears of some of them. */
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
                Thread.sleep(1);
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

    private static DataStream<CommittableMessage<String>> shuffled(
            DataStream<CommittableMessage<String>> committables) {
        return committables
                .rebalance()
                .map(message -> message)
                .returns(CommittableMessageTypeInfo.of(Ledger.Text::new))
                .rebalance();
    }

    /** Committables go two ways around before they are committed. */
    private static class Before extends Ledger
            implements SupportsPreCommitTopology<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public DataStream<CommittableMessage<String>> addPreCommitTopology(
                DataStream<CommittableMessage<String>> committables) {
            return shuffled(committables);
        }

        @Override
        public SimpleVersionedSerializer<String> getWriteResultSerializer() {
            return new Text();
        }
    }

    /** Also tells of what is committed. */
    private static final class Both extends Before implements SupportsPostCommitTopology<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void addPostCommitTopology(DataStream<CommittableMessage<String>> committables) {
            shuffled(committables)
                    .map(
                            message -> {
                                if (message instanceof CommittableWithLineage<String> told) {
                                    TOLD.add(told.getCommittable());
                                    if (!VISIBLE.containsKey(told.getCommittable())) {
                                        TOLD_TOO_EARLY.incrementAndGet();
                                    }
                                }
                                return 1;
                            })
                    .returns(Types.INT)
                    .sinkTo(new DiscardingSink<>());
        }
    }

    /** Its own committer does nothing; what it would commit is committed for all subtasks at once. */
    private static final class Global extends Ledger implements SupportsPostCommitTopology<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public Committer<String> createCommitter(CommitterInitContext context) {
            return new Committer<>() {
                @Override
                public void commit(Collection<CommitRequest<String>> requests) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void addPostCommitTopology(DataStream<CommittableMessage<String>> committables) {
            StandardSinkTopologies.addGlobalCommitter(
                    committables, context -> new Ledger().createCommitter(context), Text::new);
        }
    }

    private StreamExecutionEnvironment environment(boolean overtaking) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration options = new Configuration();
        options.setString("execution.checkpointing.interval", "10 ms");
        options.setString("execution.checkpointing.dir", work.toUri().toString());
        options.setString("execution.checkpointing.unaligned.enabled", String.valueOf(overtaking));
        env.configure(options);
        RestartStrategyUtils.configureFixedDelayRestartStrategy(env, 20, 1L);
        env.setParallelism(2);
        return env;
    }

    private void run(Sink<Long> sink, boolean overtaking) throws Exception {
        StreamExecutionEnvironment env = environment(overtaking);
        env.addSource(new Counting()).returns(Types.LONG).rebalance().sinkTo(sink).uid("ledger");
        env.execute();
        assertThat(COMPLETE.get()).isGreaterThanOrEqualTo(CHECKPOINTS);
        assertThat(Ledger.visible())
                .isEqualTo(LongStream.range(0, EMITTED.get()).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource({"false, COMMIT_DONE", "true, COMMIT_SINK_DONE"})
    void whatGoesThroughOperatorsBeforeTheCommitIsVisibleOnceThoughTasksAndCommitsFail(
            boolean overtaking, FaultPoint point) throws Exception {
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        run(new Before(), overtaking);
        assertThat(System.getProperty(FaultPoint.CRASH_AT)).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allThatIsCommittedIsToldOfAndNothingElse(boolean overtaking) throws Exception {
        run(new Both(), overtaking);
        assertThat(TOLD).isEqualTo(Ledger.VISIBLE.keySet());
        assertThat(TOLD_TOO_EARLY).hasValue(0);
    }

    @Test
    void aGlobalCommitterCommitsWhatAllHave() throws Exception {
        run(new Global(), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BATCH", "STREAMING"})
    void withoutCheckpointsAllIsCommittedInTheEnd(ExecutionMode mode) throws Exception {
        for (Ledger sink : List.of(new Both(), new Global())) {
            Ledger.clear();
            TOLD.clear();
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            Configuration options = new Configuration();
            options.setString("execution.runtime-mode", mode.name());
            env.configure(options);
            env.fromSequence(0, 999).sinkTo(sink).setParallelism(2);
            env.execute();
            assertThat(Ledger.visible()).isEqualTo(LongStream.range(0, 1000).boxed().toList());
            if (sink instanceof Both) {
                assertThat(TOLD).isEqualTo(Ledger.VISIBLE.keySet());
            }
        }
    }
}
