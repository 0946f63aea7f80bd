package io.millrace.testutils.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.sink.CommittableMessage;
import io.millrace.api.sink.CommittableMessageTypeInfo;
import io.millrace.api.sink.CommittableWithLineage;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.StandardSinkTopologies;
import io.millrace.api.sink.SupportsPostCommitTopology;
import io.millrace.api.sink.SupportsPreCommitTopology;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.stream.DataStream;
import io.millrace.api.type.Types;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
class TwoPhaseCommitTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger TOLD_TOO_EARLY = new AtomicInteger();

    @TempDir Path work;

    @BeforeEach
    void forget() {
        Ledger.clear();
        FailingJob.clear();
        TOLD.clear();
        TOLD_TOO_EARLY.set(0);
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
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

    /**
     * Its own committer does nothing; what it would commit is committed for all subtasks at once.
     */
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

    private void run(Sink<Long> sink, boolean overtaking) throws Exception {
        long numbers = FailingJob.run(sink, work, overtaking);
        assertThat(Ledger.visible()).isEqualTo(LongStream.range(0, numbers).boxed().toList());
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
            FailingJob.runBounded(sink, 1000, mode);
            assertThat(Ledger.visible()).isEqualTo(LongStream.range(0, 1000).boxed().toList());
            if (sink instanceof Both) {
                assertThat(TOLD).isEqualTo(Ledger.VISIBLE.keySet());
            }
        }
    }
}
