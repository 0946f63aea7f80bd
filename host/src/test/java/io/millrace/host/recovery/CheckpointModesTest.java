package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.ClusterView.CheckpointsView;
import io.millrace.coordinator.ClusterView.JobView;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that take their checkpoints in other ways than the usual, and fail once. */
@Timeout(120)
class CheckpointModesTest {
    @TempDir private Path directory;

    private LedgerRun.Setup setup() {
        return LedgerRun.in(directory)
                .with("restart.strategy", "fixed-delay")
                .with("restart.attempts", "3")
                .with("restart.delay", "10 ms");
    }

    private static CheckpointsView finishAfterOneFailure(LedgerRun run) throws Exception {
        run.awaitCheckpoints(6);
        Ledger.FAIL.set(true);
        CheckpointsView checkpoints = run.finish().view().checkpoints();
        assertThat(run.view().restarts()).isEqualTo(1);
        assertThat(checkpoints.restoredId()).isPositive();
        return checkpoints;
    }

    @Test
    void severalCheckpointsMayBeUnderWay() throws Exception {
        try (LedgerRun run =
                setup().with("execution.checkpointing.max-concurrent-checkpoints", "2")
                        .with("execution.checkpointing.interval", "10 ms")
                        .perCheckpoint(5_000)
                        .pauseNanos(1_000)
                        .start()) {
            JobView shown = run.awaitView(job -> job.checkpoints().underWay() > 1);
            assertThat(shown.checkpoints().underWay()).isEqualTo(2);
            finishAfterOneFailure(run);
        }

        LedgerRun.assertAllLines();
    }

    @Test
    void atLeastOnceLosesNothing() throws Exception {
        try (LedgerRun run =
                setup().with("execution.checkpointing.mode", "AT_LEAST_ONCE")
                        .perCheckpoint(4_000)
                        .start()) {
            finishAfterOneFailure(run);
        }

        List<String> lines = Ledger.LINES;
        assertThat(lines).hasSize(Ledger.KEYS);
        assertThat(lines)
                .allSatisfy(
                        line ->
                                assertThat(Long.parseLong(line.split(" ")[1]))
                                        .isGreaterThanOrEqualTo(Ledger.RECORDS / Ledger.KEYS));
    }

    @Test
    void checkpointsGoOnWhenSomeTasksHaveFinished() throws Exception {
        // The source of rules has finished before the first checkpoint.
        try (LedgerRun run = setup().perCheckpoint(4_000).start()) {
            finishAfterOneFailure(run);
        }

        LedgerRun.assertAllLines();
    }
}
