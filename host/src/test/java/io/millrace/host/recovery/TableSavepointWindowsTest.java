package io.millrace.host.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.savepoint.SavepointWriter;
import io.millrace.savepoint.TableSavepoint;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows of all kinds, with their timers, go on from tables, in the other back end. */
@Timeout(120)
class TableSavepointWindowsTest {
    private static final int PER_CHECKPOINT = 3_000;

    @TempDir private java.nio.file.Path directory;

    private LedgerRun.Setup setup(String backend, WindowLedger.Kind kind) {
        WindowLedger.forget();
        return LedgerRun.in(directory.resolve("checkpoints"))
                .with("state.backend.type", backend)
                .with(
                        "execution.checkpointing.externalized-checkpoint-retention",
                        "RETAIN_ON_CANCELLATION")
                .program(env -> WindowLedger.build(env, kind, PER_CHECKPOINT));
    }

    @ParameterizedTest
    @EnumSource(WindowLedger.Kind.class)
    void windowsComeOutOfTheTables(WindowLedger.Kind kind) throws Exception {
        String jobId;
        LedgerRun.Setup held = setup("hashmap", kind).parallelism(2);
        WindowLedger.holdSecondHalf();
        try (LedgerRun first = held.start()) {
            WindowLedger.awaitLines();
            jobId = first.awaitCheckpoints(2).cancel().jobId();
        }
        List<String> said = new ArrayList<>(WindowLedger.LINES);
        java.nio.file.Path checkpoints = directory.resolve("checkpoints").resolve(jobId);
        SavedCheckpoint saved = SavedCheckpoint.find(new Path(checkpoints.toString()));
        TableSavepoint savepoint =
                SavepointWriter.write(
                        saved.read(),
                        new StoredSegments(saved.directory()),
                        new Path(directory.resolve("savepoint").toString()));
        assertThat(savepoint.verify().damages()).isEmpty();
        Files.move(checkpoints, directory.resolve("put-away"));

        try (LedgerRun second =
                setup("rocksdb", kind)
                        .parallelism(3)
                        .with("execution.state-recovery.path", savepoint.path().toString())
                        .start()) {
            second.finishAtOnce();
        }

        List<String> then = List.copyOf(WindowLedger.LINES);
        assertThat(then).doesNotHaveDuplicates();
        assertThat(then.size()).isLessThan(WindowLedger.expected(kind).size());
        said.addAll(then);
        assertThat(new TreeSet<>(said)).isEqualTo(WindowLedger.expected(kind));
    }
}
