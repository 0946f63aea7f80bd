package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A job goes on from a retained checkpoint of an earlier one, at the same or another parallelism.
 */
@Timeout(120)
class RescaledJobsTest {
    @TempDir private Path directory;

    private LedgerRun.Setup setup(String backend) {
        return LedgerRun.in(directory)
                .with("state.backend.type", backend)
                .with(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION");
    }

    private String path(String jobId) {
        return directory.resolve(jobId).toUri().toString();
    }

    @ParameterizedTest
    @CsvSource({
        "hashmap, 2, 2", "hashmap, 2, 4", "hashmap, 4, 2", "hashmap, 3, 5", "hashmap, 3, 1",
        "rocksdb, 2, 2", "rocksdb, 2, 4", "rocksdb, 4, 2", "rocksdb, 3, 5", "rocksdb, 3, 1"
    })
    void allStateMovesToTheSubtasksThatThereAre(String backend, int before, int after)
            throws Exception {
        String jobId;
        try (LedgerRun first = setup(backend).parallelism(before).perCheckpoint(2_000).start()) {
            jobId = first.awaitCheckpoints(3 * before).cancel().jobId();
        }

        try (LedgerRun second =
                setup(backend)
                        .parallelism(after)
                        .with("execution.state-recovery.path", path(jobId))
                        .start()) {
            assertThat(second.finishAtOnce().view().checkpoints().restoredId()).isPositive();
        }

        LedgerRun.assertComplete();
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3", "3, 2", "4, 1"})
    void recordsThatWereOvertakenMoveToo(int before, int after) throws Exception {
        String jobId;
        try (LedgerRun first =
                setup("hashmap")
                        .with("execution.checkpointing.unaligned.enabled", "true")
                        .parallelism(before)
                        .perCheckpoint(40_000)
                        .pauseNanos(20_000)
                        .start()) {
            jobId = first.awaitCheckpoints(2 * before).cancel().jobId();
        }
        assertThat(recordsOnTheirWay(jobId)).as("records in the checkpoint").isPositive();

        try (LedgerRun second =
                setup("hashmap")
                        .parallelism(after)
                        .with("execution.state-recovery.path", path(jobId))
                        .start()) {
            second.finishAtOnce();
        }

        LedgerRun.assertComplete();
    }

    private long recordsOnTheirWay(String jobId) {
        Manifest manifest = SavedCheckpoint.find(new io.millrace.api.file.Path(path(jobId))).read();
        return manifest.operators().stream()
                .flatMap(operator -> operator.subtasks().stream())
                .flatMap(subtask -> subtask.channels().stream())
                .mapToLong(part -> part.items())
                .sum();
    }
}
