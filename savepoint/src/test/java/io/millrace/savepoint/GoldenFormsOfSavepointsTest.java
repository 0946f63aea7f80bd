package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.state.TableSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint of each form as release 0.1.0 writes it: native, and as tables whose manifest has a
 * checksum. They must be read for ever and are never written again. Those of a later release are
 * made beside them, by {@link #main}.
 */
class GoldenFormsOfSavepointsTest {
    private static final int KEYS = 12;

    @TempDir private java.nio.file.Path temporary;

    /** Writes savepoints of both forms into a directory, for the next release. */
    public static void main(String[] args) throws IOException {
        java.nio.file.Path directory = java.nio.file.Path.of(args[0]);
        SampleSavepoints.nativeAt(directory.resolve("native"), 1_700_000_000_000L, 0, KEYS, "a");
        SampleSavepoints.tablesAt(directory.resolve("tables"), 1_700_000_000_000L, 0, KEYS, "a");
    }

    private static Path golden(String form) throws URISyntaxException {
        URL release = GoldenFormsOfSavepointsTest.class.getResource("golden-0.1.0");
        return new Path(java.nio.file.Path.of(release.toURI()).resolve(form).toString());
    }

    private void requireAsWritten(ReadableSavepoint savepoint) throws IOException {
        Checkpoints checkpoints = new Checkpoints(temporary);
        checkpoints.begin(1);
        checkpoints.put(0, KEYS, "a");
        Manifest now = checkpoints.end(CheckpointKind.FULL);
        StoredSegments segments = new StoredSegments(checkpoints.directory());
        for (TableSpec spec : List.of(Checkpoints.VALUES, Checkpoints.LISTS, Checkpoints.MAPS)) {
            for (int parallelism : new int[] {1, 3}) {
                for (int subtask = 0; subtask < parallelism; subtask++) {
                    assertThat(
                                    Checkpoints.read(
                                            savepoint.manifest(),
                                            spec,
                                            savepoint.segments(),
                                            subtask,
                                            parallelism))
                            .as(spec.name())
                            .isEqualTo(Checkpoints.read(now, spec, segments, subtask, parallelism));
                }
            }
        }
        assertThat(savepoint.manifest().triggeredAtMs()).isEqualTo(1_700_000_000_000L);
        assertThat(savepoint.manifest().enumerators().get(0).state()).containsExactly(1, 2, 3);
        assertThat(savepoint.manifest().committables().get(0).committables().committables())
                .containsExactly(new byte[] {9}, new byte[] {8});
    }

    @Test
    void theNativeOneIsRestored() throws Exception {
        requireAsWritten(ReadableSavepoint.open(golden("native")));
    }

    @Test
    void theTablesAreRestored() throws Exception {
        assertThat(TableSavepoint.open(golden("tables")).verify().damages()).isEmpty();
        requireAsWritten(ReadableSavepoint.open(golden("tables")));
    }

    @Test
    void bothHaveTheSame() throws Exception {
        assertThat(
                        SavepointDiff.of(
                                ReadableSavepoint.open(golden("native")),
                                ReadableSavepoint.open(golden("tables")),
                                null,
                                null,
                                each -> {}))
                .hasSizeGreaterThan(7)
                .allMatch(SavepointDiff.Counts::areAlike);
    }
}
