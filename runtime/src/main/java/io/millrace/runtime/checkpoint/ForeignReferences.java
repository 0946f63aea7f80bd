package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory.Place;
import io.millrace.runtime.checkpoint.JobCheckpoints.Entry;
import io.millrace.runtime.checkpoint.JobCheckpoints.State;
import io.millrace.runtime.plan.JobId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What checkpoints of other jobs need of the directory of one job: a job that was started from a
 * checkpoint of that one names files of it in its manifests, until it has written all of its state
 * itself. Stateless; for a storage thread.
 *
 * <p>Paths are compared without scheme and authority, which are written in several ways: a wrong
 * match only keeps more.
 */
final class ForeignReferences {
    private ForeignReferences() {}

    /**
     * Reads the manifests of all jobs beside that directory and below further ones.
     *
     * @param but a job whose references do not count
     * @param roots of many jobs' checkpoints
     * @return for each directory of a checkpoint the files in it that are named, as names of that
     *     job's directory
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if a manifest cannot be read, so
     *     that it may need any file; of the file system
     */
    static List<CheckpointFiles> to(
            CheckpointDirectory directory, JobId but, Collection<Path> roots) {
        Map<String, Path> places = new LinkedHashMap<>();
        places.put(directory.root().getPath(), directory.root());
        roots.forEach(root -> places.putIfAbsent(root.getPath(), root));
        Map<String, CheckpointFiles> needed = new TreeMap<>();
        for (Path place : places.values()) {
            for (JobCheckpoints job : JobCheckpoints.below(place)) {
                CheckpointDirectory other = job.directory();
                if (!other.jobId().equals(but)
                        && !other.path().getPath().equals(directory.path().getPath())) {
                    job.entries().forEach(entry -> add(directory, entry, needed));
                }
            }
        }
        return List.copyOf(needed.values());
    }

    private static void add(
            CheckpointDirectory directory, Entry entry, Map<String, CheckpointFiles> needed) {
        if (entry.state() == State.DAMAGED) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "nothing of "
                            + directory
                            + " is removed, because the manifest of "
                            + entry.checkpoint().path()
                            + " cannot be read and what that one needs is not known. "
                            + entry.problem());
        }
        if (entry.manifestOrNull() == null) {
            return;
        }
        String inside = directory.path().getPath() + "/";
        for (String file : CheckpointFiles.of(entry.manifestOrNull()).files()) {
            String path = entry.checkpoint().directory().resolve(file).getPath();
            if (path.startsWith(inside)) {
                String name = path.substring(inside.length());
                Place place = directory.place(name);
                CheckpointFiles one =
                        new CheckpointFiles(place.epoch(), place.checkpointId(), Set.of(name));
                needed.merge(one.directory(), one, ForeignReferences::both);
            }
        }
    }

    private static CheckpointFiles both(CheckpointFiles one, CheckpointFiles other) {
        Set<String> files = new HashSet<>(one.files());
        files.addAll(other.files());
        return new CheckpointFiles(one.epoch(), one.checkpointId(), files);
    }
}
