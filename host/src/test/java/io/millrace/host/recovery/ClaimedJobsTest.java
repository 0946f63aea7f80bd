package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.JobCheckpoints.Entry;
import io.millrace.runtime.checkpoint.Verification;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the checkpoint that a job was started from. */
@Timeout(120)
class ClaimedJobsTest {
    @TempDir private Path directory;

    private LedgerRun.Setup setup(String backend) {
        return LedgerRun.in(directory)
                .with("state.backend.type", backend)
                .with(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION");
    }

    private LedgerRun.Setup from(Entry checkpoint, String backend, String claimMode) {
        return setup(backend)
                .with("execution.state-recovery.claim-mode", claimMode)
                .with(
                        "execution.state-recovery.path",
                        checkpoint.checkpoint().manifest().toString());
    }

    /** The directory of a job that was cancelled. */
    private Path cancelled(LedgerRun.Setup setup) throws Exception {
        try (LedgerRun first = setup.perCheckpoint(2_000).start()) {
            return directory.resolve(first.awaitCheckpoints(10).cancel().jobId());
        }
    }

    private static List<Entry> complete(Path job) {
        return JobCheckpoints.below(new io.millrace.api.file.Path(job.toUri())).get(0).complete();
    }

    private static Entry newest(Path job) {
        List<Entry> complete = complete(job);
        return complete.get(complete.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void theLastOneIsClaimedAndItsJobsDirectoryGoes(String backend) throws Exception {
        Path job = cancelled(setup(backend).with("execution.checkpointing.num-retained", "1"));
        assertThat(complete(job)).hasSize(1);

        try (LedgerRun second = from(newest(job), backend, "CLAIM").perCheckpoint(10_000).start()) {
            second.awaitCheckpoints(4);
            Ledger.FAIL.set(true); // it stands on its own
            second.finish();
        }

        LedgerRun.assertAllLines();
        assertThat(job).doesNotExist();
        assertThat(LedgerRun.files(directory)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void otherCheckpointsOfItsJobKeepWhatTheyNeed(String backend) throws Exception {
        Path job = cancelled(setup(backend).with("execution.checkpointing.num-retained", "3"));
        List<Entry> before = complete(job);
        assertThat(before).hasSize(3);

        try (LedgerRun second = from(before.get(1), backend, "CLAIM").start()) {
            second.finish();
        }

        LedgerRun.assertComplete();
        List<Entry> after = complete(job);
        assertThat(after)
                .extracting(entry -> entry.checkpoint().checkpointId())
                .containsExactly(
                        before.get(0).checkpoint().checkpointId(),
                        before.get(2).checkpoint().checkpointId());
        assertThat(after)
                .allSatisfy(
                        entry ->
                                assertThat(
                                                Verification.of(
                                                                entry.checkpoint().directory(),
                                                                entry.manifestOrNull(),
                                                                Verification.Pace.FULL)
                                                        .damages())
                                        .isEmpty());
    }

    @Test
    void nothingIsRemovedWhileNobodyKnowsWhatAnotherCheckpointNeeds() throws Exception {
        Path job = cancelled(setup("hashmap"));
        List<Entry> before = complete(job);
        String damaged = before.get(0).checkpoint().manifest().getPath();
        Files.write(Path.of(damaged), new byte[] {1, 2, 3});
        List<String> files = LedgerRun.files(job);

        try (LedgerRun second = from(newest(job), "hashmap", "CLAIM").start()) {
            second.finish();
        }

        LedgerRun.assertComplete();
        assertThat(LedgerRun.files(job)).isEqualTo(files);
    }

    @Test
    void whatIsNotClaimedStays() throws Exception {
        Path job = cancelled(setup("hashmap"));
        List<String> before = LedgerRun.files(job);

        try (LedgerRun second = from(newest(job), "hashmap", "NO_CLAIM").start()) {
            second.finish();
        }

        LedgerRun.assertComplete();
        assertThat(LedgerRun.files(job)).isEqualTo(before);
    }

    @Test
    void aJobThatIsCancelledBeforeItsFirstCheckpointLeavesWhatItHasClaimed() throws Exception {
        Path job = cancelled(setup("hashmap"));
        Entry newest = newest(job);

        try (LedgerRun second =
                from(newest, "hashmap", "CLAIM")
                        .with("execution.checkpointing.interval", "1 h")
                        .perCheckpoint(1)
                        .start()) {
            second.cancel();
        }

        assertThat(Files.exists(job)).isTrue();
        assertThat(newest(job).checkpoint()).hasToString(newest.checkpoint().toString());
        try (LedgerRun third = from(newest, "hashmap", "CLAIM").start()) {
            third.finish();
        }
        LedgerRun.assertComplete();
    }

    /** A savepoint of tables, which a job that was cancelled has left beside its checkpoints. */
    private String tables() throws Exception {
        try (LedgerRun first = setup("hashmap").perCheckpoint(2_000).start()) {
            first.awaitCheckpoints(3);
            String path =
                    first.client()
                            .triggerSavepoint(
                                    directory.resolve("savepoints").toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get();
            first.cancel();
            return path;
        }
    }

    private LedgerRun.Setup claiming(String savepoint) {
        return setup("hashmap")
                .with("execution.state-recovery.claim-mode", "CLAIM")
                .with("execution.state-recovery.path", savepoint);
    }

    @Test
    void aSavepointOfTablesThatIsClaimedGoesToo() throws Exception {
        String path = tables();

        try (LedgerRun second = claiming(path).perCheckpoint(10_000).start()) {
            second.awaitCheckpoints(4);
            assertThat(Path.of(URI.create(path))).doesNotExist();
            Ledger.FAIL.set(true); // it stands on its own
            second.finish();
        }

        LedgerRun.assertAllLines();
    }

    @Test
    void tablesStayWhereNobodyKnowsWhatACheckpointNeeds() throws Exception {
        String path = tables();
        Path job;
        try (Stream<Path> all = Files.list(directory)) {
            job = all.filter(each -> !each.endsWith("savepoints")).findFirst().orElseThrow();
        }
        String damaged = complete(job).get(0).checkpoint().manifest().getPath();
        Files.write(Path.of(damaged), new byte[] {1, 2, 3});

        try (LedgerRun second = claiming(path).start()) {
            second.finish();
        }

        LedgerRun.assertComplete();
        assertThat(Path.of(URI.create(path))).isNotEmptyDirectory();
    }
}
