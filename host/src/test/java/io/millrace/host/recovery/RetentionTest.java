package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the checkpoints of a job that ends. */
@Timeout(120)
class RetentionTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "NO_EXTERNALIZED_CHECKPOINTS, cancel, 0",
        "NO_EXTERNALIZED_CHECKPOINTS, fail, 0",
        "NO_EXTERNALIZED_CHECKPOINTS, finish, 0",
        "DELETE_ON_CANCELLATION, cancel, 0",
        "DELETE_ON_CANCELLATION, fail, 2",
        "DELETE_ON_CANCELLATION, finish, 0",
        "RETAIN_ON_CANCELLATION, cancel, 2",
        "RETAIN_ON_CANCELLATION, fail, 2",
        "RETAIN_ON_CANCELLATION, finish, 0"
    })
    void checkpointsAreKeptAsTheJobSays(String retention, String end, int kept) throws Exception {
        LedgerRun.Setup setup =
                LedgerRun.in(directory)
                        .with(
                                "execution.checkpointing.externalized-checkpoint-retention",
                                retention)
                        .with("execution.checkpointing.num-retained", "2")
                        // Else a directory may stay for a file that a later one shares.
                        .with("execution.checkpointing.incremental", "false")
                        .with("restart.strategy", "none");
        if (!end.equals("finish")) {
            setup.perCheckpoint(2_000);
        }
        try (LedgerRun run = setup.start()) {
            if (end.equals("finish")) {
                run.finish();
            } else {
                run.awaitCheckpoints(8);
                if (end.equals("cancel")) {
                    run.cancel();
                } else {
                    Ledger.FAIL.set(true);
                    assertThat(run.failure()).hasMessageContaining("fails as it was told to");
                }
            }
        }

        assertThat(LedgerRun.files(directory))
                .filteredOn(file -> file.endsWith("/manifest"))
                .hasSize(kept);
        if (kept == 0) {
            assertThat(LedgerRun.files(directory)).isEmpty();
        }
    }
}
