package io.millrace.runtime.task;

import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.FileSettings;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.RecoverySettings;
import io.millrace.runtime.checkpoint.SavepointSettings;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.StorageSettings;
import io.millrace.runtime.operator.JobScope;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a worker has of each job for all its tasks: what they share, where the checkpoints are, and
 * copies of them on disks of this machine. Thread-safe.
 */
final class WorkerJobs implements AutoCloseable {
    private final String workerId;
    private final java.nio.file.Path spillDirectory;
    private final ConcurrentHashMap<JobId, JobScope> scopes = new ConcurrentHashMap<>();
    // Of jobs that have one.
    private final ConcurrentHashMap<JobId, CheckpointDirectory> directories =
            new ConcurrentHashMap<>();
    // Of jobs that keep some.
    private final ConcurrentHashMap<JobId, LocalCopies> copies = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<JobId, SavepointSetup> savepoints = new ConcurrentHashMap<>();

    WorkerJobs(String workerId, java.nio.file.Path spillDirectory) {
        this.workerId = workerId;
        this.spillDirectory = spillDirectory;
    }

    /** What the job's tasks share; made at the first call. */
    JobScope scopeOf(JobGraph graph, ClassLoader userLoader) {
        return scopes.computeIfAbsent(
                graph.jobId(),
                id -> new JobScope(graph.attachments(), userLoader, ownDirectory("files", id)));
    }

    /** Where its checkpoints are, as the job sets it; null if it has none. */
    CheckpointDirectory directoryOf(JobId jobId, Config config) {
        return StorageSettings.from(config)
                .directory()
                .map(
                        root ->
                                directories.computeIfAbsent(
                                        jobId, id -> CheckpointDirectory.of(new Path(root), id)))
                .orElse(null);
    }

    /** The same of a job that is known; null if it has none. */
    CheckpointDirectory directoryOf(JobId jobId) {
        return directories.get(jobId);
    }

    /** Where the durable files are on this machine's disks already, a copy would gain nothing. */
    LocalCopies copiesOf(JobId jobId, CheckpointDirectory directory, Config config) {
        if (directory == null
                || !directory.files().isDistributedFS()
                || !RecoverySettings.from(config).fromLocal()) {
            return LocalCopies.NONE;
        }
        return copies.computeIfAbsent(jobId, id -> LocalCopies.in(ownDirectory("copies", id)));
    }

    /** The same of a job that is known. */
    LocalCopies copiesOf(JobId jobId) {
        return copies.getOrDefault(jobId, LocalCopies.NONE);
    }

    /** Reads how the job's savepoints are to be written. */
    void readSavepoints(JobGraph graph, Config config) {
        savepoints.put(
                graph.jobId(),
                new SavepointSetup(
                        graph,
                        ownDirectory("savepoint", graph.jobId()),
                        SavepointSettings.from(config),
                        FileSettings.from(config),
                        SavepointTables::ofEngine));
    }

    /** How files of its checkpoints are written. */
    SegmentFile.Use filesOf(JobId jobId) {
        SavepointSetup known = savepoints.get(jobId);
        return known == null ? SegmentFile.Use.KEPT : known.files().checkpoints();
    }

    /** How they are written; null if the job is not known. */
    SavepointSetup savepointsOf(JobId jobId) {
        return savepoints.get(jobId);
    }

    /** Of this worker alone, also where several share a process. */
    private java.nio.file.Path ownDirectory(String what, JobId jobId) {
        return spillDirectory.resolve(
                "millrace-"
                        + what
                        + "-"
                        + jobId.hex()
                        + "-"
                        + workerId.replace('/', '-')
                        + "-"
                        + ProcessHandle.current().pid());
    }

    /** The jobs that have tasks here, or had them and are not released; a copy. */
    List<JobId> ids() {
        return List.copyOf(scopes.keySet());
    }

    /** None of the job's tasks runs any more. */
    void release(JobId jobId) {
        copies.remove(jobId);
        directories.remove(jobId);
        savepoints.remove(jobId);
        closeScope(jobId);
    }

    private void closeScope(JobId jobId) {
        JobScope scope = scopes.remove(jobId);
        if (scope != null) {
            scope.close();
        }
    }

    @Override
    public void close() {
        scopes.keySet().forEach(this::closeScope);
        copies.values().forEach(LocalCopies::close);
    }
}
