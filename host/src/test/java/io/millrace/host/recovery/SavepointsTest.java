package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.stream.JobStatus;
import io.millrace.coordinator.ClusterView.JobView;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.JobCheckpoints.Entry;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.savepoint.TableSavepoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Savepoints of jobs that go on, and jobs that end with one, on the embedded cluster. */
@Timeout(120)
class SavepointsTest {
    @TempDir private Path directory;

    private LedgerRun.Setup setup() {
        return LedgerRun.in(directory.resolve("checkpoints")).perCheckpoint(2_000);
    }

    private String target() {
        return directory.resolve("savepoints").toUri().toString();
    }

    private static LedgerRun.Setup from(LedgerRun.Setup setup, String savepoint) {
        return setup.with("execution.state-recovery.path", savepoint).perCheckpoint(0);
    }

    private static Path local(String path) {
        return Path.of(new io.millrace.api.file.Path(path).getPath());
    }

    /** It stands alone below its directory, and every byte of it is right. */
    private static Entry wholeAt(String path) {
        List<JobCheckpoints> jobs = JobCheckpoints.below(new io.millrace.api.file.Path(path));
        assertThat(jobs).hasSize(1);
        Entry only = jobs.get(0).newest().orElseThrow();
        assertThat(only.manifestOrNull().standsAlone()).isTrue();
        assertThat(
                        Verification.of(
                                        only.checkpoint().directory(),
                                        only.manifestOrNull(),
                                        Verification.Pace.FULL)
                                .damages())
                .isEmpty();
        return only;
    }

    /**
     * Small state is written by the coordinator, unless workers are to write in any case; tables of
     * theirs are of each task or of all.
     */
    @ParameterizedTest
    @CsvSource({
        "hashmap, 2, NATIVE, 20 kb, true, 32 mb",
        "hashmap, 3, NATIVE, 0, true, 0",
        "rocksdb, 2, NATIVE, 0, true, 32 mb",
        "hashmap, 3, NATIVE, 0, false, 32 mb",
        "hashmap, 3, CANONICAL, 0, true, 32 mb",
        "hashmap, 3, CANONICAL, 20 kb, true, 0",
        "rocksdb, 2, CANONICAL, 0, true, 32 mb",
        "rocksdb, 2, CANONICAL, 0, true, 0",
        "hashmap, 2, CANONICAL, 1 mb, false, 32 mb"
    })
    void aJobGoesOnAndAnotherStartsFromItsSavepoint(
            String backend,
            int parallelism,
            SavepointFormatType format,
            String inManifest,
            String compressed,
            String ownFile)
            throws Exception {
        String path;
        try (LedgerRun run =
                setup().with("state.backend.type", backend)
                        .with("execution.checkpointing.data-inline-threshold", inManifest)
                        .with("execution.checkpointing.savepoint-own-file-threshold", ownFile)
                        .with("execution.checkpointing.snapshot-compression", compressed)
                        .start()) {
            run.awaitCheckpoints(5);
            path = run.client().triggerSavepoint(target(), format).get();
            run.awaitCheckpoints(5); // it goes on
            assertThat(run.client().getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
            run.cancel();
        }
        assertThat(local(path).getFileName().toString())
                .matches("savepoint-[0-9a-f]{6}-[0-9a-f]{12}");
        assertThat(checkpointAt(path, format)).isPositive();
        List<String> files = LedgerRun.files(local(path));

        try (LedgerRun second =
                from(setup().with("state.backend.type", backend), path)
                        .parallelism(parallelism)
                        .start()) {
            second.finish();
        }

        LedgerRun.assertComplete();
        assertThat(LedgerRun.files(local(path))).as("it is its user's").isEqualTo(files);
    }

    @Test
    void aSavepointMayBeMoved() throws Exception {
        String path;
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(5);
            path = run.client().triggerSavepoint(target(), SavepointFormatType.CANONICAL).get();
            run.cancel();
        }
        Path moved = directory.resolve("kept/before-the-upgrade");
        Files.createDirectories(moved.getParent());
        Files.move(local(path), moved);

        try (LedgerRun second = from(setup(), moved.toUri().toString()).start()) {
            second.finish();
        }

        LedgerRun.assertComplete();
    }

    @Test
    void aJobThatIsGoneBackRestoresItsCheckpointAndNotTheSavepoint() throws Exception {
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(5);
            run.client().triggerSavepoint(target(), SavepointFormatType.NATIVE).get();
            long savepoint = newestSavepoint();
            run.awaitCheckpoints(1);
            Ledger.FAIL.set(true);
            run.awaitCheckpoints(3);
            JobView back = run.awaitView(job -> job.checkpoints().restoredId() > 0);
            assertThat(back.checkpoints().restoredId()).isNotEqualTo(savepoint);
            run.cancel();
        }
    }

    /** The same of one of tables. */
    private static TableSavepoint tablesAt(String path) {
        TableSavepoint tables = TableSavepoint.open(new io.millrace.api.file.Path(path));
        assertThat(tables.verify().damages()).isEmpty();
        assertThat(tables.tables()).anyMatch(table -> table.kind().equals("KEYED"));
        return tables;
    }

    private static long checkpointAt(String path, SavepointFormatType format) {
        return format == SavepointFormatType.CANONICAL
                ? tablesAt(path).checkpointId()
                : wholeAt(path).checkpoint().checkpointId();
    }

    private long newestSavepoint() throws Exception {
        try (var all = Files.list(directory.resolve("savepoints"))) {
            return wholeAt(all.findFirst().orElseThrow().toUri().toString())
                    .checkpoint()
                    .checkpointId();
        }
    }

    @ParameterizedTest
    @CsvSource({"hashmap, NATIVE", "rocksdb, NATIVE", "hashmap, CANONICAL"})
    void aJobStopsAndGoesOnFromThere(String backend, SavepointFormatType format) throws Exception {
        String path;
        try (LedgerRun run = setup().with("state.backend.type", backend).start()) {
            run.awaitCheckpoints(5);
            path = run.client().stopWithSavepoint(false, target(), format).get();
            run.finish();
            assertThat(run.client().getJobStatus().get()).isEqualTo(JobStatus.FINISHED);
            assertThat(Ledger.LINES).as("timers of event time").isEmpty();
        }
        assertThat(checkpointAt(path, format)).isPositive();
        assertThat(LedgerRun.files(directory.resolve("checkpoints"))).isEmpty();

        try (LedgerRun second = from(setup().with("state.backend.type", backend), path).start()) {
            second.finish();
        }

        LedgerRun.assertComplete();
    }

    @Test
    void aJobThatIsDrainedFiresAllTimersAndEnds() throws Exception {
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(5);
            String path =
                    run.client()
                            .stopWithSavepoint(true, target(), SavepointFormatType.NATIVE)
                            .get();
            run.finish();
            wholeAt(path);
        }
        assertThat(Ledger.LINES).hasSize(Ledger.KEYS);
        assertThat(Ledger.IN_SPLIT_LISTS.get()).isBetween(1L, Ledger.RECORDS - 1);
        long inLines =
                Ledger.LINES.stream()
                        .mapToLong(line -> Long.parseLong(line.split("[: ]+")[1]))
                        .sum();
        assertThat(inLines).as("numbers read").isEqualTo(Ledger.IN_SPLIT_LISTS.get());
    }

    @ParameterizedTest
    @EnumSource(SavepointFormatType.class)
    void twoAtOnceAreTwo(SavepointFormatType format) throws Exception {
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(3);
            CompletableFuture<String> one = run.client().triggerSavepoint(target(), format);
            CompletableFuture<String> two = run.client().triggerSavepoint(target(), format);
            assertThat(one.get()).isNotEqualTo(two.get());
            assertThat(checkpointAt(one.get(), format)).isLessThan(checkpointAt(two.get(), format));
            run.cancel();
        }
    }

    @Test
    void aJobWithoutCheckpointsGivesSavepointsToo() throws Exception {
        String path;
        try (LedgerRun run =
                LedgerRun.in(directory.resolve("checkpoints"))
                        .with("execution.checkpointing.interval", "0 ms")
                        .pauseNanos(50_000)
                        .start()) {
            run.awaitRecords(2_000);
            path =
                    run.client()
                            .stopWithSavepoint(false, target(), SavepointFormatType.NATIVE)
                            .get();
            run.finish();
        }

        try (LedgerRun second = from(setup(), path).start()) {
            second.finish();
        }

        LedgerRun.assertComplete();
    }

    @Test
    void theJobsOwnDirectoryIsTakenIfNoneIsNamed() throws Exception {
        try (LedgerRun run =
                setup().with("execution.checkpointing.savepoint-dir", target()).start()) {
            run.awaitCheckpoints(3);
            String path = run.client().triggerSavepoint(null, SavepointFormatType.NATIVE).get();
            assertThat(local(path).getParent()).isEqualTo(directory.resolve("savepoints"));
            run.cancel();
        }
    }

    @Test
    void withoutAnyDirectoryItFailsAndTheJobGoesOn() throws Exception {
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(3);
            assertFails(
                    run.client().triggerSavepoint(null, SavepointFormatType.NATIVE),
                    "INVALID_OPTION",
                    "execution.checkpointing.savepoint-dir");
            run.awaitCheckpoints(2).cancel();
            assertThat(run.view().restarts()).isZero();
        }
    }

    @Test
    void aTargetThatIsAFileIsNotTouched() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(3);
            assertFails(
                    run.client()
                            .stopWithSavepoint(
                                    false, file.toUri().toString(), SavepointFormatType.NATIVE),
                    "INVALID_OPTION",
                    "which is a file");
            run.awaitCheckpoints(2).cancel();
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFileSystemThatNobodyKnowsIsNamed() throws Exception {
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(3);
            assertFails(
                    run.client().triggerSavepoint("nowhere://host/x", SavepointFormatType.NATIVE),
                    "FILE_SYSTEM_UNKNOWN",
                    "nowhere");
            run.awaitCheckpoints(2).cancel();
        }
    }

    /**
     * Tasks fail while savepoints are taken: each ends one way or the other, and the job is whole.
     */
    @ParameterizedTest
    @EnumSource(SavepointFormatType.class)
    void tasksThatFailMeanwhileCostTheSavepointAndNotTheJob(SavepointFormatType format)
            throws Exception {
        int failed = 0;
        try (LedgerRun run =
                setup().with("restart.strategy", "fixed-delay")
                        .with("restart.attempts", "100")
                        .with("restart.delay", "1 ms")
                        .start()) {
            for (int i = 0; i < 10; i++) {
                run.awaitCheckpoints(1);
                CompletableFuture<String> savepoint =
                        run.client().triggerSavepoint(target(), format);
                Ledger.FAIL.set(true);
                String path = savepoint.handle((whole, failure) -> whole).get();
                if (path == null) {
                    failed++;
                } else {
                    assertThat(checkpointAt(path, format)).isPositive();
                }
            }
            run.finish();
        }
        LedgerRun.assertAllLines();
        try (var all = Files.list(directory.resolve("savepoints"))) {
            assertThat(all).as("what has failed leaves nothing").hasSize(10 - failed);
        }
    }

    @ParameterizedTest
    @EnumSource(SavepointFormatType.class)
    void aStopThatFailsLetsTheJobGoOn(SavepointFormatType format) throws Exception {
        Path savepoints = directory.resolve("savepoints");
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(3);
            System.setProperty("millrace.crash-at", "SAVEPOINT_BEFORE_RENAME");
            System.setProperty("millrace.crash-how", "fail");
            try {
                assertFails(
                        run.client().stopWithSavepoint(false, target(), format),
                        "STORAGE_FAILED",
                        "the savepoint was not written");
            } finally {
                System.clearProperty("millrace.crash-at");
                System.clearProperty("millrace.crash-how");
            }
            run.finish();
            assertThat(run.view().restarts()).as("it had only stood still").isZero();
        }
        LedgerRun.assertComplete();
        assertThat(LedgerRun.files(savepoints)).isEmpty();
    }

    @Test
    void aDrainThatFailsRestartsTheJobFromItsCheckpoint() throws Exception {
        try (LedgerRun run = setup().start()) {
            run.awaitCheckpoints(3);
            System.setProperty("millrace.crash-at", "SAVEPOINT_BEFORE_RENAME");
            System.setProperty("millrace.crash-how", "fail");
            try {
                assertFails(
                        run.client().stopWithSavepoint(true, target(), SavepointFormatType.NATIVE),
                        "STORAGE_FAILED",
                        "the savepoint was not written");
            } finally {
                System.clearProperty("millrace.crash-at");
                System.clearProperty("millrace.crash-how");
            }
            Ledger.LINES.clear(); // said at the end of event time, before it was taken back
            run.finish();
            assertThat(run.view().restarts()).isEqualTo(1);
        }
        LedgerRun.assertAllLines();
    }

    private static void assertFails(CompletableFuture<String> savepoint, String code, String text) {
        assertThatThrownBy(savepoint::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageStartingWith(code)
                .hasMessageContaining(text);
    }
}
