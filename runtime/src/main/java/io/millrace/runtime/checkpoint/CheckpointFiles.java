package io.millrace.runtime.checkpoint;

import java.util.HashSet;
import java.util.Set;

/**
 * The files that a checkpoint needs beside its manifest. Immutable.
 *
 * @param files as its manifest names them
 */
public record CheckpointFiles(long epoch, long checkpointId, Set<String> files) {
    public CheckpointFiles {
        files = Set.copyOf(files);
    }

    public static CheckpointFiles of(Manifest manifest) {
        Set<String> files = new HashSet<>();
        for (StoredFile file : manifest.files()) {
            if (!file.isInManifest()) {
                files.add(file.file());
            }
        }
        return new CheckpointFiles(manifest.epoch(), manifest.checkpointId(), files);
    }

    /** The name of its directory, as in {@link Garbage#directories}. */
    String directory() {
        return epoch + "/" + checkpointId;
    }
}
