package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.StoredSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesFormatTest {
    @TempDir private java.nio.file.Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"kept", "kept/_manifest.json"})
    void aClaimedSavepointGoesWhetherItsDirectoryOrItsManifestIsNamed(String named)
            throws IOException {
        Checkpoints checkpoints = new Checkpoints(temporary.resolve("job"));
        checkpoints.begin(1);
        checkpoints.put(0, 4, "a");
        Manifest written = checkpoints.end(CheckpointKind.FULL);
        StoredSegments segments = new StoredSegments(checkpoints.directory());
        Path root = new Path(temporary.toString());
        SavepointWriter.write(written, segments, new Path(root, "kept"));
        SavepointWriter.write(written, segments, new Path(root, "other"));

        new TablesFormat().release(new Path(root, named), List.of());

        assertThat(Files.exists(temporary.resolve("kept"))).isFalse();
        assertThat(TableSavepoint.open(new Path(root, "other")).verify().damages()).isEmpty();
    }
}
