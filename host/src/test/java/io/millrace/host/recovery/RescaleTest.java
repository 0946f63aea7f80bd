package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.coordinator.ClusterView.VertexView;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.coordinator.operation.OperationView.State;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job goes on at another parallelism while it runs, and keeps all that it had. */
@Timeout(120)
class RescaleTest {
    @TempDir private Path directory;

    private LedgerRun.Setup setup() {
        return LedgerRun.in(directory.resolve("checkpoints")).perCheckpoint(1_000);
    }

    private static List<Integer> widths(LedgerRun run) {
        return run.view().vertices().stream().map(VertexView::parallelism).sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({"hashmap, false", "rocksdb, true"})
    void keyedSumsAreExactOverRescalesUpAndDown(String backend, String compressed)
            throws Exception {
        try (LedgerRun run =
                setup().with("state.backend.type", backend)
                        .with("execution.checkpointing.data-inline-threshold", "0")
                        .with("execution.checkpointing.incremental", "true")
                        .with("execution.checkpointing.snapshot-compression", compressed)
                        .start()) {
            run.awaitCheckpoints(4);
            OperationView up = run.rescale("up", 4);
            assertThat(up.state()).as("%s", up).isEqualTo(State.COMPLETED);
            assertThat(up.note()).contains("parallelism 4");
            assertThat(widths(run)).contains(4).doesNotContain(2);
            run.awaitCheckpoints(8);
            OperationView down = run.rescale("down", 1);
            assertThat(down.state()).as("%s", down).isEqualTo(State.COMPLETED);
            assertThat(widths(run)).containsOnly(1);
            run.awaitCheckpoints(2);
            assertThat(run.rescale("up", 4)).as("the same id").isEqualTo(up);
            assertThat(widths(run)).containsOnly(1);
            run.finish();
            assertThat(run.view().restarts()).as("no failure").isZero();
        }

        LedgerRun.assertAllLines();
    }

    @Test
    void aJobStartsFromTheSavepointThatWasWrittenBeforeARescale() throws Exception {
        String savepoint;
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(4);
            OperationView outcome =
                    run.rescaleWithSavepoint("saved", 4, directory.resolve("savepoints"));
            assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.COMPLETED);
            assertThat(widths(run)).contains(4).doesNotContain(2);
            savepoint = outcome.path();
            assertThat(SavepointDirectory.isWhole(savepoint)).isTrue();
            run.cancel();
        }

        try (LedgerRun next = setup().with("execution.state-recovery.path", savepoint).start()) {
            next.finish();
        }
        LedgerRun.assertComplete();
    }

    @Test
    void aSavepointThatCannotBeWrittenLeavesTheJobAsItWas() throws Exception {
        Path file = Files.createFile(directory.resolve("a-file"));
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(4);
            OperationView outcome = run.rescaleWithSavepoint("saved", 4, file);

            assertThat(outcome.state()).isEqualTo(State.FAILED);
            assertThat(widths(run)).contains(2).doesNotContain(4);
            assertThat(run.view().checkpoints().restoredId()).as("it did not restart").isZero();
            run.finish();
        }
        LedgerRun.assertAllLines();
    }

    @Test
    void aJobThatFailsLaterComesBackAtTheNewParallelism() throws Exception {
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(4);
            assertThat(run.rescale("one", 3).state()).isEqualTo(State.COMPLETED);
            run.awaitCheckpoints(3);
            Ledger.FAIL.set(true);
            run.awaitCheckpoints(6).awaitView(job -> job.restarts() > 0);
            assertThat(widths(run)).contains(3).doesNotContain(2);
            assertThat(run.view().restarts()).isEqualTo(1);
            run.finish();
        }

        LedgerRun.assertAllLines();
    }

    @Test
    void moreThanTheMaximumParallelismIsRefusedAndNothingIsTouched() throws Exception {
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(4);
            OperationView outcome = run.rescale("too-many", 129);

            assertThat(outcome.state()).isEqualTo(State.FAILED);
            assertThat(outcome.failure().code()).isEqualTo(ErrorCode.INVALID_OPTION);
            assertThat(outcome.failure().summary()).contains("129", "128");
            assertThat(run.view().checkpoints().restoredId()).as("it did not restart").isZero();
            run.finishAtOnce();
        }

        LedgerRun.assertAllLines();
    }

    @Test
    void aJobWithoutCheckpointsIsNotRescaled() throws Exception {
        try (LedgerRun run =
                LedgerRun.in(directory)
                        .with("execution.checkpointing.interval", "0 s")
                        .pauseNanos(200_000)
                        .start()) {
            run.awaitRecords(1);
            OperationView outcome = run.rescale("none", 3);

            assertThat(outcome.failure().code()).isEqualTo(ErrorCode.RESCALE_FAILED);
            assertThat(outcome.failure().summary()).contains("execution.checkpointing.interval");
            run.cancel();
        }
    }
}
