package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
    void aDirectoryThatIsTakenAwayWhileItIsUsedHarmsNoRunningJob() throws Exception {
        try (LedgerRun run =
                LedgerRun.in(directory)
                        .with("execution.checkpointing.tolerable-failed-checkpoints", "2")
                        .perCheckpoint(2_000)
                        .start()) {
            run.awaitCheckpoints(4);
            Files.move(directory.resolve(run.jobId()), elsewhere.resolve("moved"));
            run.awaitCheckpoints(4);
            run.finishAtOnce();
        }

        LedgerRun.assertComplete();
    }
}
