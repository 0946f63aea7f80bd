package io.millrace.runtime.checkpoint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files that a checkpoint needs beside its manifest. Immutable.
 *
 * @param epoch or part of one, as in its path; see {@link EpochParts}
 * @param files as its manifest names them
 * @param large the directories in which it has so much that they do not wait for others to be
 *     deleted
 */
public record CheckpointFiles(long epoch, long checkpointId, Set<String> files, Set<String> large) {
    /** The most that a job keeps for nothing is this for each checkpoint of a part. */
    static final long LARGE_BYTES = 32L << 20;

    public CheckpointFiles {
        files = Set.copyOf(files);
        large = Set.copyOf(large);
    }

    /** Of a small one. */
    public CheckpointFiles(long epoch, long checkpointId, Set<String> files) {
        this(epoch, checkpointId, files, Set.of());
    }

    public static CheckpointFiles of(Manifest manifest) {
        Set<String> files = new HashSet<>();
        Map<String, Long> bytes = new HashMap<>();
        for (StoredFile file : manifest.files()) {
            if (!file.isInManifest()) {
                files.add(file.file());
                bytes.merge(Garbage.directoryOf(file.file()), file.length(), Long::sum);
            }
        }
        Set<String> large =
                bytes.entrySet().stream()
                        .filter(one -> one.getValue() >= LARGE_BYTES)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        return new CheckpointFiles(manifest.epoch(), manifest.checkpointId(), files, large);
    }

    /** The name of its directory, as in {@link Garbage#directories}. */
    String directory() {
        return epoch + "/" + checkpointId;
    }

    boolean hasMuchIn(String directory) {
        return large.contains(directory);
    }
}
