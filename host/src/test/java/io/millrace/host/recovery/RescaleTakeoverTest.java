package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.operation.OperationView.State;
import io.millrace.runtime.plan.JobId;
import java.nio.file.Path;
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

/** The coordinator dies while a job is rescaled; whoever asked asks the next one. */
@Timeout(120)
class RescaleTakeoverTest {
    private static final int BEFORE = 2;
    private static final int AFTER = 3;
    private static final Set<FaultPoint> OF_A_FAILURE =
            EnumSet.of(FaultPoint.RESCALE_TRIAL_FAILED, FaultPoint.RESCALE_TAKEN_BACK);

    @TempDir private Path directory;

    @AfterEach
    void nothingCrashesAnyMore() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
        Ledger.forget();
    }

    private static JobClient program() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(BEFORE);
        Ledger.build(env, 2_000, 0);
        return env.executeAsync("ledger");
    }

    private static OperationView rescale(SuccessiveLeaders leaders, JobClient job)
            throws Exception {
        JobId id = new JobId(job.getJobID().toHexString());
        return leaders.leader().operate(Operation.rescale("mine", id, AFTER, "a test")).get();
    }

    private static OperationView askAndDie(SuccessiveLeaders leaders, FaultPoint point)
            throws Exception {
        JobClient job = program();
        CountDownLatch latch = new CountDownLatch(2);
        Ledger.checkpoints = latch;
        latch.await();
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        return rescale(leaders, job);
    }

    @ParameterizedTest
    @EnumSource(value = FaultPoint.class, names = "RESCALE_.*", mode = EnumSource.Mode.MATCH_ALL)
    void theNextLeaderDoesWhatIsDecidedAndTellsHowItEnded(FaultPoint point) throws Exception {
        Config config = Config.of(Map.of("execution.checkpointing.interval", "20 ms"));
        Ledger.forget();
        Ledger.mostSubtasks = OF_A_FAILURE.contains(point) ? BEFORE : AFTER;
        try (SuccessiveLeaders leaders = new SuccessiveLeaders(directory, config)) {
            assertThatThrownBy(() -> leaders.lead(() -> askAndDie(leaders, point)))
                    .hasStackTraceContaining(point.name());
            OperationView outcome =
                    leaders.lead(
                            () -> {
                                JobClient job = program();
                                OperationView told = rescale(leaders, job);
                                job.getJobExecutionResult().get();
                                return told;
                            });

            if (point == FaultPoint.RESCALE_DECIDED) {
                assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.COMPLETED);
                assertThat(outcome.note()).contains("parallelism " + AFTER);
            } else {
                assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.FAILED);
                assertThat(outcome.failure().code()).isEqualTo(ErrorCode.RESCALE_FAILED);
            }
        }
        LedgerRun.assertAllLines();
    }

    @Test
    void everyPointOfTheRoomIsOneOfARescale() {
        assertThat(FaultPoint.of(FaultPoint.Room.RESCALE))
                .isNotEmpty()
                .allMatch(point -> point.name().startsWith("RESCALE_"));
    }
}
