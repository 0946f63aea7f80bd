package io.millrace.client;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.option.Config;
import io.millrace.client.job.Numbers;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.JobCheckpoints.Entry;
import io.millrace.runtime.checkpoint.JobCheckpoints.State;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.savepoint.TableSavepoint;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the checkpoint that a job is to start from, and says which it is. Confined to one command.
 */
final class CheckpointStart {
    private final PrintWriter err;

    CheckpointStart(PrintWriter err) {
        this.err = err;
    }

    /**
     * Where a job is to start: at a checkpoint, as for {@link #named}, or at a savepoint of tables.
     *
     * @return the path of its manifest
     * @throws MillraceException as {@link #named}
     */
    String manifestOf(String path) {
        if (!TableSavepoint.isAt(new Path(path))) {
            return named(path).manifest().toString();
        }
        TableSavepoint savepoint = TableSavepoint.open(new Path(path));
        err.println(
                "Starting from a savepoint of '"
                        + savepoint.jobName()
                        + "', taken "
                        + Numbers.time(savepoint.triggeredAtMs())
                        + ": "
                        + savepoint.path());
        err.flush();
        return savepoint.manifest().toString();
    }

    /**
     * Where a job is to start, as for {@link #manifestOf}; but of a job's directory that directory
     * itself. A job that runs may delete its newest checkpoint before the application master of the
     * new one has started and marked it; so that takes the newest one of its own time.
     *
     * @throws MillraceException as {@link #named}
     */
    String placeOf(String path) {
        if (!CheckpointDirectory.isJob(new Path(path).getName())) {
            return manifestOf(path);
        }
        SavedCheckpoint newest = named(path);
        err.println("If there is a newer one when the job starts, from that.");
        err.flush();
        return newest.directory().path().toString();
    }

    /**
     * The checkpoint at a path, or the newest complete one of the job at a path; its manifest can
     * be read.
     *
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND}, {@code CHECKPOINT_FILE_CORRUPT},
     *     {@code CHECKPOINT_INCOMPATIBLE}
     */
    SavedCheckpoint named(String path) {
        return SavedCheckpoint.with(
                new Path(path),
                checkpoint -> {
                    say(checkpoint, checkpoint.read());
                    return checkpoint;
                });
    }

    /**
     * The newest complete checkpoint of the jobs of a name, every byte of which is right; those
     * that are newer and damaged are passed over, each with a word.
     *
     * @throws MillraceException {@code CHECKPOINT_NOT_FOUND} if there is none, {@code
     *     CHECKPOINT_FILE_CORRUPT} if all are damaged
     */
    SavedCheckpoint latest(String jobName, Config config, boolean skipVerification) {
        String directory =
                config.find(CheckpointOptions.DIRECTORY)
                        .orElseThrow(
                                () ->
                                        new MillraceException(
                                                ErrorCode.INVALID_OPTION,
                                                "--resume-latest looks into the directory of"
                                                        + " checkpoints, but 'execution.checkpointing.dir'"
                                                        + " is not set. Set it in millrace.yaml or"
                                                        + " with -D, or name a checkpoint with -s."));
        List<JobCheckpoints> jobs =
                JobCheckpoints.below(new Path(directory)).stream()
                        .filter(job -> job.jobName().equals(jobName))
                        .toList();
        List<Entry> complete =
                jobs.stream()
                        .flatMap(job -> job.complete().stream())
                        .sorted(
                                Comparator.<Entry>comparingLong(
                                                entry -> entry.manifestOrNull().triggeredAtMs())
                                        .thenComparing(entry -> entry.checkpoint().checkpointId())
                                        .reversed())
                        .toList();
        warn(jobs);
        for (Entry entry : complete) {
            if (skipVerification || isWhole(entry)) {
                say(entry.checkpoint(), entry.manifestOrNull());
                return entry.checkpoint();
            }
        }
        throw none(jobName, directory, jobs, complete);
    }

    private void warn(List<JobCheckpoints> jobs) {
        for (JobCheckpoints job : jobs) {
            for (Entry entry : job.entries()) {
                if (entry.state() == State.DAMAGED) {
                    err.println("Passed over: " + entry.problem());
                }
            }
        }
        err.flush();
    }

    private boolean isWhole(Entry entry) {
        err.println(
                "Verifying "
                        + entry.checkpoint().path()
                        + " ("
                        + Numbers.bytes(entry.manifestOrNull().totalBytes())
                        + ")");
        err.flush();
        Verification.Result result =
                Verification.of(
                        entry.checkpoint().directory(),
                        entry.manifestOrNull(),
                        Verification.Pace.FULL);
        result.damages().forEach(damage -> err.println("Passed over: " + damage));
        err.flush();
        return result.isWhole();
    }

    private void say(SavedCheckpoint from, Manifest manifest) {
        err.println(
                "Starting from checkpoint "
                        + from.checkpointId()
                        + " of '"
                        + manifest.jobName()
                        + "', taken "
                        + Numbers.time(manifest.triggeredAtMs())
                        + ": "
                        + from.path());
        err.flush();
    }

    private static MillraceException none(
            String jobName, String directory, List<JobCheckpoints> jobs, List<Entry> complete) {
        if (!complete.isEmpty()) {
            return new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "all "
                            + complete.size()
                            + " complete checkpoints of job '"
                            + jobName
                            + "' in "
                            + directory
                            + " are damaged. Check the storage's health; to start without state,"
                            + " leave out --resume-latest.");
        }
        return new MillraceException(
                ErrorCode.CHECKPOINT_NOT_FOUND,
                "there is no complete checkpoint of a job named '"
                        + jobName
                        + "' in "
                        + directory
                        + (jobs.isEmpty() ? "" : ", though the job was there")
                        + ". 'millrace checkpoint list "
                        + directory
                        + "' shows what there is; to start without state, leave out"
                        + " --resume-latest.");
    }
}
