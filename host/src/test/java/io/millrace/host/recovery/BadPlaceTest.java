package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.message.FailureReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directory of checkpoints is not what a job needs, or goes while it is used. */
@Timeout(120)
class BadPlaceTest {
    @TempDir private Path directory;
    @TempDir private Path elsewhere;

    @Test
    void aDirectoryThatCannotBeMadeEndsTheJobBeforeItRuns() throws Exception {
        Path file = Files.writeString(directory.resolve("taken"), "notes");

        try (LedgerRun run = LedgerRun.in(file).start()) {
            Throwable failure = run.failure();

            assertThat(failure)
                    .rootCause()
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("which is a file. Name a directory.");
        }
        assertThat(file).hasContent("notes");
        assertThat(Ledger.IN_SPLIT_LISTS).hasValue(0);
    }

    @Test
    void twoJobsShareADirectory() throws Exception {
        try (LedgerRun first = LedgerRun.in(directory).perCheckpoint(10_000).start();
                LedgerRun second = LedgerRun.in(directory).perCheckpoint(10_000).start()) {
            first.finish();
            second.finish();
            assertThat(first.view().checkpoints().completed()).isPositive();
            assertThat(second.view().checkpoints().completed()).isPositive();
        }

        assertThat(LedgerRun.files(directory)).isEmpty();
    }

    @Test
    void aDirectoryThatIsTakenAwayHarmsNoJobWhichSoonHasACheckpointToGoBackTo() throws Exception {
        try (LedgerRun run = patient().perCheckpoint(2_000).start()) {
            run.awaitCheckpoints(6);
            Files.move(directory.resolve(run.jobId()), elsewhere.resolve("moved"));
            run.awaitCheckpoints(6);
            assertThat(run.view().restarts()).isZero();
            Ledger.FAIL.set(true);
            run.finish();

            assertThat(run.view().restarts()).isEqualTo(1);
            assertThat(LedgerRun.files(elsewhere))
                    .as("what was taken away")
                    .noneMatch(
                            file ->
                                    file.contains(
                                            "/" + run.view().checkpoints().restoredId() + "/"));
        }

        LedgerRun.assertAllLines();
    }

    private LedgerRun.Setup patient() {
        return LedgerRun.in(directory)
                .with("execution.checkpointing.tolerable-failed-checkpoints", "1000")
                .with("restart.strategy", "fixed-delay")
                .with("restart.attempts", "1000")
                .with("restart.delay", "10 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "FULL, 1000, No space left on device",
        "FULL, 0, No space left on device",
        "NOT_WRITABLE, 1000, no permission to",
        "NOT_WRITABLE, 0, no permission to"
    })
    void aJobOutlivesADirectoryThatTakesNothingForAWhile(
            ClusterFiles.Refusal refusal, int tolerable, String words) throws Exception {
        try (ClusterFiles files = new ClusterFiles();
                LedgerRun run =
                        patient()
                                .with("execution.checkpointing.dir", files.uri(directory))
                                .with(
                                        "execution.checkpointing.tolerable-failed-checkpoints",
                                        String.valueOf(tolerable))
                                .perCheckpoint(2_000)
                                .start()) {
            run.awaitCheckpoints(6);
            files.refuse(refusal);
            FailureReport failure =
                    run.awaitFailedCheckpoints(3).view().checkpoints().lastFailure();
            files.refuse(ClusterFiles.Refusal.NONE);
            run.finish();

            if (tolerable > 0) {
                assertThat(failure.headline()).contains(words);
                assertThat(run.view().restarts()).isZero();
            } else {
                assertThat(run.view().restarts()).isPositive();
                assertThat(run.view().exceptions())
                        .anySatisfy(
                                one -> {
                                    assertThat(one.failure().code())
                                            .isEqualTo(ErrorCode.CHECKPOINTS_FAILING);
                                    assertThat(one.failure().headline()).contains(words);
                                });
            }
        }

        LedgerRun.assertAllLines();
        assertThat(LedgerRun.files(directory)).as("what is left").isEmpty();
    }
}
