package io.millrace.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.state.TableSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint that version 1 wrote. It must be read for ever; it is never written again. One of a
 * new version is made by {@code -Dgolden.write=DIR}.
 */
class GoldenSavepointTest {
    private static final int KEYS = 40;

    @TempDir private java.nio.file.Path temporary;

    private Manifest checkpoint(Checkpoints checkpoints) throws IOException {
        checkpoints.begin(1);
        checkpoints.put(0, KEYS, "a");
        return checkpoints.end(CheckpointKind.FULL);
    }

    private Path golden(Manifest checkpoint, StoredSegments segments) throws URISyntaxException {
        String target = System.getProperty("golden.write");
        if (target != null) {
            return SavepointWriter.write(checkpoint, segments, new Path(target)).path();
        }
        URL manifest = GoldenSavepointTest.class.getResource("golden-v1/_manifest.json");
        return new Path(java.nio.file.Path.of(manifest.toURI()).getParent().toString());
    }

    @Test
    void aSavepointOfVersion1IsReadAsItWasWritten() throws IOException, URISyntaxException {
        Checkpoints checkpoints = new Checkpoints(temporary);
        Manifest written = checkpoint(checkpoints);
        StoredSegments segments = new StoredSegments(checkpoints.directory());

        TableSavepoint savepoint = TableSavepoint.open(golden(written, segments));

        assertThat(savepoint.verify().damages()).isEmpty();
        StoredSegments ofAnotherJob =
                new StoredSegments(
                        CheckpointDirectory.of(
                                new Path(temporary.toString()), new JobId("f".repeat(32))));
        for (TableSpec spec : List.of(Checkpoints.VALUES, Checkpoints.LISTS, Checkpoints.MAPS)) {
            assertThat(Checkpoints.read(savepoint.toCheckpoint(), spec, ofAnotherJob, 0, 1))
                    .hasSize(KEYS)
                    .isEqualTo(Checkpoints.read(written, spec, segments, 0, 1));
        }
        assertThat(savepoint.toCheckpoint().enumerators().get(0).state()).containsExactly(1, 2, 3);
    }
}
