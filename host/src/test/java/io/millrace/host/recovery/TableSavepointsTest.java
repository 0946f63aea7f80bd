package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.savepoint.SavepointWriter;
import io.millrace.savepoint.TableSavepoint;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A job goes on from tables that its checkpoint was written as, when the checkpoint is gone: at
 * another parallelism, in another back end.
 */
@Timeout(120)
class TableSavepointsTest {
    @TempDir private java.nio.file.Path directory;

    private LedgerRun.Setup setup(String backend) {
        return LedgerRun.in(directory.resolve("checkpoints"))
                .with("state.backend.type", backend)
                .with(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION");
    }

    private TableSavepoint convert(String jobId) {
        SavedCheckpoint saved =
                SavedCheckpoint.find(
                        new Path(directory.resolve("checkpoints").resolve(jobId).toString()));
        return SavepointWriter.write(
                saved.read(),
                new StoredSegments(saved.directory()),
                new Path(directory.resolve("savepoint").toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "hashmap, true, 2, hashmap, 2",
        "hashmap, true, 3, rocksdb, 2",
        "hashmap, false, 2, hashmap, 3",
        "rocksdb, false, 2, hashmap, 4",
        "rocksdb, true, 2, hashmap, 3",
        "rocksdb, true, 3, rocksdb, 2"
    })
    void allStateComesOutOfTheTables(
            String backend, boolean incremental, int before, String otherBackend, int after)
            throws Exception {
        String jobId;
        try (LedgerRun first =
                setup(backend)
                        .with("execution.checkpointing.incremental", "" + incremental)
                        .parallelism(before)
                        .perCheckpoint(2_000)
                        .start()) {
            jobId = first.awaitCheckpoints(3 * before).cancel().jobId();
        }
        TableSavepoint savepoint = convert(jobId);
        assertThat(savepoint.verify().damages()).isEmpty();
        Files.move(directory.resolve("checkpoints").resolve(jobId), directory.resolve("put-away"));

        try (LedgerRun second =
                setup(otherBackend)
                        .parallelism(after)
                        .with("execution.state-recovery.path", savepoint.path().toString())
                        .start()) {
            assertThat(second.finishAtOnce().view().checkpoints().restoredId())
                    .isEqualTo(savepoint.checkpointId());
        }

        LedgerRun.assertComplete();
    }

    /**
     * As the command line names it, on a file system that answers a look below a file with errors.
     */
    @Test
    void aCheckpointIsStillNamedByItsManifest() throws Exception {
        String jobId;
        try (LedgerRun first = setup("hashmap").perCheckpoint(2_000).start()) {
            jobId = first.awaitCheckpoints(4).cancel().jobId();
        }
        Path manifest =
                SavedCheckpoint.find(
                                new Path(
                                        directory.resolve("checkpoints").resolve(jobId).toString()))
                        .manifest();

        try (LedgerRun second =
                setup("hashmap")
                        .with("execution.state-recovery.path", manifest.toString())
                        .start()) {
            assertThat(second.finishAtOnce().view().checkpoints().restoredId()).isPositive();
        }

        LedgerRun.assertComplete();
    }
}
