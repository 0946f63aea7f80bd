package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.operation.OperationView.State;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.plan.JobId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The coordinator dies in the middle of an operation; whoever asked asks the next one. */
@Timeout(120)
class SavepointTakeoverTest {
    private static final String ID = "mine";

    @TempDir private Path directory;

    private SavepointFormatType format = SavepointFormatType.NATIVE;

    @AfterEach
    void nothingCrashesAnyMore() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    private Config config() {
        return Config.of(
                Map.of(
                        "execution.checkpointing.interval",
                        "20 ms",
                        "execution.checkpointing.data-inline-threshold",
                        "0"));
    }

    private static JobClient program() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        Ledger.build(env, 2_000, 0);
        return env.executeAsync("ledger");
    }

    private Operation operation(JobClient job, OperationKind kind) {
        return new Operation(
                ID,
                new JobId(job.getJobID().toHexString()),
                kind,
                directory.resolve("savepoints").toUri().toString(),
                format,
                "a test");
    }

    /** The first leader dies in the operation; the next one is asked for it again. */
    private OperationView dieAndAskAgain(
            SuccessiveLeaders leaders, FaultPoint point, OperationKind kind) throws Exception {
        Ledger.forget();
        assertThatThrownBy(() -> leaders.lead(() -> askAndDie(leaders, point, kind)))
                .hasStackTraceContaining(point.name());
        return leaders.lead(
                () -> {
                    JobClient job = program();
                    OperationView outcome = leaders.leader().operate(operation(job, kind)).get();
                    job.getJobExecutionResult().get();
                    assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
                    assertThat(leaders.leader().operate(operation(job, kind)).get())
                            .as("after the job is gone")
                            .isEqualTo(outcome);
                    return outcome;
                });
    }

    private OperationView askAndDie(SuccessiveLeaders leaders, FaultPoint point, OperationKind kind)
            throws Exception {
        JobClient job = program();
        CountDownLatch latch = new CountDownLatch(3);
        Ledger.checkpoints = latch;
        latch.await();
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        return leaders.leader().operate(operation(job, kind)).get();
    }

    @ParameterizedTest
    @EnumSource(value = FaultPoint.class, names = "SAVEPOINT_.*", mode = EnumSource.Mode.MATCH_ALL)
    void aSavepointIsWholeAndToldOrGone(FaultPoint point) throws Exception {
        if (point == FaultPoint.SAVEPOINT_STOP_DECIDED) {
            return; // see below
        }
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, config())) {
            OperationView outcome = dieAndAskAgain(leaders, point, OperationKind.SAVEPOINT);

            Set<FaultPoint> whole =
                    EnumSet.of(FaultPoint.SAVEPOINT_DURABLE, FaultPoint.SAVEPOINT_OPERATION_ENDED);
            assertThat(outcome.state())
                    .isEqualTo(whole.contains(point) ? State.COMPLETED : State.FAILED);
        }
        assertOnStorage(directory.resolve("savepoints"), point);
        LedgerRun.assertAllLines();
    }

    /** Files of workers are there by then: they go with the directory. */
    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {
                "SAVEPOINT_MANIFEST_HALF_WRITTEN",
                "SAVEPOINT_BEFORE_RENAME",
                "SAVEPOINT_DURABLE"
            })
    void oneOfTablesIsWholeAndToldOrGone(FaultPoint point) throws Exception {
        format = SavepointFormatType.CANONICAL;
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, config())) {
            OperationView outcome = dieAndAskAgain(leaders, point, OperationKind.SAVEPOINT);

            assertThat(outcome.state())
                    .isEqualTo(
                            point == FaultPoint.SAVEPOINT_DURABLE ? State.COMPLETED : State.FAILED);
        }
        assertOnStorage(directory.resolve("savepoints"), point);
        LedgerRun.assertAllLines();
    }

    @Test
    void aStopWithTablesThatIsDecidedIsDoneByTheNextLeader() throws Exception {
        format = SavepointFormatType.CANONICAL;
        aStopThatIsDecidedIsDoneByTheNextLeader();
    }

    private static void assertOnStorage(Path savepoints, FaultPoint point) throws Exception {
        try (var all = Files.list(savepoints)) {
            var left = all.map(path -> path.toUri().toString()).toList();
            if (point.ordinal() >= FaultPoint.SAVEPOINT_DURABLE.ordinal()) {
                assertThat(left).hasSize(1).allMatch(SavepointDirectory::isWhole);
            } else {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void aStopThatIsDecidedIsDoneByTheNextLeader() throws Exception {
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, config())) {
            OperationView outcome =
                    dieAndAskAgain(
                            leaders,
                            FaultPoint.SAVEPOINT_STOP_DECIDED,
                            OperationKind.STOP_WITH_SAVEPOINT);

            assertThat(outcome.state()).isEqualTo(State.COMPLETED);
            assertThat(outcome.path()).matches(SavepointDirectory::isWhole);
            assertThat(outcome.note()).as("tasks were gone").contains("notifyCheckpointComplete");
        }
        assertThat(Ledger.LINES).as("it did not go on").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultPoint.class,
            names = {
                "SAVEPOINT_MANIFEST_HALF_WRITTEN",
                "SAVEPOINT_BEFORE_RENAME",
                "SAVEPOINT_DURABLE"
            })
    void aStopThatIsNotDecidedIsNoneAndTheJobGoesOn(FaultPoint point) throws Exception {
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, config())) {
            OperationView outcome =
                    dieAndAskAgain(leaders, point, OperationKind.STOP_WITH_SAVEPOINT);

            assertThat(outcome.state()).isEqualTo(State.FAILED);
            assertThat(outcome.failure().summary()).contains("was not stopped");
        }
        assertThat(LedgerRun.files(directory.resolve("savepoints"))).isEmpty();
        LedgerRun.assertAllLines();
    }

    /** The next leader cancels what its predecessor had no time to. */
    @Test
    void aJobIsCancelledWhenItsSavepointIsWhole() throws Exception {
        Ledger.forget();
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, config())) {
            assertThatThrownBy(
                            () ->
                                    leaders.lead(
                                            () ->
                                                    askAndDie(
                                                            leaders,
                                                            FaultPoint.SAVEPOINT_OPERATION_ENDED,
                                                            OperationKind.CANCEL_WITH_SAVEPOINT)))
                    .hasStackTraceContaining("SAVEPOINT_OPERATION_ENDED");
            leaders.lead(
                    () -> {
                        JobClient job = program();
                        OperationView outcome =
                                leaders.leader()
                                        .operate(
                                                operation(job, OperationKind.CANCEL_WITH_SAVEPOINT))
                                        .get();
                        assertThat(outcome.state()).isEqualTo(State.COMPLETED);
                        assertThat(outcome.path()).matches(SavepointDirectory::isWhole);
                        job.getJobExecutionResult().handle((result, failure) -> failure).get();
                        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.CANCELED);
                        return null;
                    });
        }
    }

    @Test
    void everyPointOfTheRoomIsVisited() {
        assertThat(FaultPoint.of(FaultPoint.Room.SAVEPOINT))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(FaultPoint.values())
                                .filter(point -> point.name().startsWith("SAVEPOINT_"))
                                .toList());
    }
}
