package io.millrace.coordinator.checkpoint;

import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.plan.AttemptId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What new attempts are given of a checkpoint. Immutable.
 *
 * @param tasks one for each subtask of which the checkpoint has something
 * @param inManifest of the checkpoint's files, those that lie in its manifest
 */
public record Restores(List<TaskRestore> tasks, List<StoredFile> inManifest) {
    /** Of attempts that start anew. */
    public static final Restores NONE = new Restores(List.of(), List.of());

    public Restores {
        tasks = List.copyOf(tasks);
        inManifest = List.copyOf(inManifest);
    }

    /** What these need of it. */
    public Restores of(List<AttemptId> attempts) {
        List<TaskRestore> own =
                tasks.stream().filter(task -> attempts.stream().anyMatch(task::isOf)).toList();
        Set<String> files = new TreeSet<>();
        own.stream()
                .flatMap(TaskRestore::parts)
                .flatMap(StatePart::segments)
                .map(SegmentRef::file)
                .forEach(files::add);
        return new Restores(
                own, inManifest.stream().filter(one -> files.contains(one.file())).toList());
    }
}
