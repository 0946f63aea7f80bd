package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies in the directories of jobs and no checkpoint needs: neither one of that job, nor one of
 * another job that was started from it. Confined to one command; changes nothing but in {@link
 * #delete}.
 */
public final class CheckpointGarbage {
    private final Path path;
    private final List<Path> alsoNeeding;
    private final boolean ended;
    private final long beforeMs;

    /**
     * @param path of many jobs' checkpoints, or of one job's, whose neighbours are then looked at
     * @param alsoNeeding further directories of checkpoints that may need files of these jobs
     * @param ended the jobs have ended for good: checkpoints that they had begun are garbage too
     * @param beforeMs what was modified since then, milliseconds since the epoch, is left alone
     */
    public CheckpointGarbage(Path path, List<Path> alsoNeeding, boolean ended, long beforeMs) {
        this.path = path;
        this.alsoNeeding = List.copyOf(alsoNeeding);
        this.ended = ended;
        this.beforeMs = beforeMs;
    }

    /**
     * That of one job.
     *
     * @param problem why nothing of this job may go, a sentence; empty if nothing stands against it
     */
    public record OfJob(JobCheckpoints job, Garbage garbage, String problem) {}

    /**
     * Looks, in the order of the jobs' ids.
     *
     * @throws MillraceException {@code PATH_NOT_FOUND}, {@code PERMISSION_DENIED}, {@code
     *     STORAGE_FAILED}
     */
    public List<OfJob> find() {
        List<JobCheckpoints> jobs = JobCheckpoints.below(path);
        NeededFiles needed = NeededFiles.of(catalogues());
        return jobs.stream().map(job -> of(job, needed)).toList();
    }

    private List<Catalogue> catalogues() {
        List<Catalogue> looked = new ArrayList<>();
        looked.add(Catalogue.around(path));
        alsoNeeding.forEach(place -> looked.add(Catalogue.below(place)));
        for (Catalogue catalogue : looked) {
            if (!catalogue.problems().isEmpty()) {
                throw new MillraceException(
                        ErrorCode.PERMISSION_DENIED,
                        "nothing is deleted, because not all could be looked at that may need"
                                + " files of these jobs: "
                                + String.join("; ", catalogue.problems())
                                + ". Ask somebody who may read it.");
            }
        }
        return looked;
    }

    private OfJob of(JobCheckpoints job, NeededFiles needed) {
        Garbage garbage;
        try {
            garbage = job.garbage(ended, beforeMs);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT) {
                throw e;
            }
            return new OfJob(job, Garbage.NONE, e.getMessage());
        }
        if (!garbage.isEmpty() && needed.unread().isPresent()) {
            return new OfJob(
                    job,
                    Garbage.NONE,
                    ErrorCode.CHECKPOINT_FILE_CORRUPT
                            + ": nothing of job "
                            + job.directory().jobId()
                            + " is deleted, because the manifest of "
                            + needed.unread().get()
                            + " cannot be read and what that one needs is not known. Remove it if"
                            + " you do not need it.");
        }
        return new OfJob(job, spared(job, garbage, needed), "");
    }

    /** Without what others need. A directory of which they need one file stays whole. */
    static Garbage spared(JobCheckpoints job, Garbage garbage, NeededFiles needed) {
        Path directory = job.directory().path();
        return new Garbage(
                garbage.directories().stream()
                        .filter(one -> !needed.hasBelow(new Path(directory, one)))
                        .toList(),
                garbage.files().stream()
                        .filter(one -> !needed.has(new Path(directory, one)))
                        .toList());
    }

    /**
     * Looks a second time and deletes what was garbage and still is.
     *
     * @return what was deleted
     */
    public List<OfJob> delete(List<OfJob> before) {
        Map<Path, Garbage> meant = new HashMap<>();
        before.forEach(one -> meant.put(one.job().directory().path(), one.garbage()));
        List<OfJob> deleted = new ArrayList<>();
        for (OfJob now : find()) {
            Path directory = now.job().directory().path();
            Garbage both = now.garbage().and(meant.getOrDefault(directory, Garbage.NONE));
            now.job().delete(both);
            deleted.add(new OfJob(now.job(), both, now.problem()));
        }
        return deleted;
    }
}
