package io.millrace.savepoint;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.checkpoint.StoredSegments;
import java.io.IOException;
import java.nio.file.Files;

/** Savepoints of the operator of {@link Checkpoints}, for tests of other packages too. */
public final class SampleSavepoints {
    public static final String JOB = Checkpoints.JOB;

    private SampleSavepoints() {}

    /** A native one with keys in a range. */
    public static Path nativeAt(
            java.nio.file.Path directory, long triggeredAtMs, int from, int to, String word)
            throws IOException {
        Files.createDirectories(directory);
        Checkpoints checkpoints = new Checkpoints(directory);
        checkpoints.begin(1);
        checkpoints.put(from, to, word);
        Manifest manifest = at(checkpoints.end(CheckpointKind.FULL), triggeredAtMs);
        SavepointDirectory.store(directory.toString(), manifest);
        return new Path(directory.toString());
    }

    private static Manifest at(Manifest manifest, long triggeredAtMs) {
        return new Manifest(
                manifest.jobId(),
                manifest.jobName(),
                manifest.epoch(),
                manifest.checkpointId(),
                triggeredAtMs,
                manifest.kind(),
                manifest.operators(),
                manifest.enumerators(),
                manifest.committables(),
                manifest.files());
    }

    /** One of tables with keys in a range; what it is made of lies beside it. */
    public static Path tablesAt(
            java.nio.file.Path directory, long triggeredAtMs, int from, int to, String word)
            throws IOException {
        java.nio.file.Path aside =
                Files.createTempDirectory(directory.toAbsolutePath().getParent(), ".sample");
        Checkpoints checkpoints = new Checkpoints(aside);
        checkpoints.begin(1);
        checkpoints.put(from, to, word);
        Manifest manifest = at(checkpoints.end(CheckpointKind.FULL), triggeredAtMs);
        return SavepointWriter.write(
                        manifest,
                        new StoredSegments(checkpoints.directory()),
                        new Path(directory.toString()))
                .path();
    }
}
