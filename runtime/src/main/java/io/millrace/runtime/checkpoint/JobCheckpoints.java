package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lies in the directory of one job's checkpoints, as tools see it: without the pointer.
 * Immutable.
 *
 * @param jobName empty if neither the marker nor a manifest says it
 * @param owner the application that wrote them; empty if nothing says it
 * @param entries by number, the oldest first
 */
public record JobCheckpoints(
        CheckpointDirectory directory, String jobName, String owner, List<Entry> entries) {

    public JobCheckpoints {
        entries = List.copyOf(entries);
    }

    /** How far a checkpoint came. */
    public enum State {
        /** Its manifest is whole. */
        COMPLETE,
        /** It is over; files of it are there as long as later ones need some of them. */
        DROPPED,
        /** There is no manifest, or half of one: it is being taken, or was given up. */
        UNFINISHED,
        /** Its manifest cannot be read. */
        DAMAGED
    }

    /**
     * One checkpoint.
     *
     * @param manifestOrNull null unless it is complete
     * @param problem what is wrong with the manifest; empty if nothing is
     * @param found its directory
     */
    public record Entry(
            SavedCheckpoint checkpoint,
            State state,
            Manifest manifestOrNull,
            String problem,
            Garbage.Found found) {}

    /**
     * The jobs below a directory, in the order of their ids.
     *
     * @param path of checkpoints of many jobs, or of one job
     * @throws MillraceException {@code PATH_NOT_FOUND} if there is no such directory, {@code
     *     PERMISSION_DENIED} or {@code STORAGE_FAILED} if it cannot be read
     */
    public static List<JobCheckpoints> below(Path path) {
        try {
            FileSystem files = path.getFileSystem();
            Path root = path.makeQualified(files);
            if (CheckpointDirectory.isJob(root.getName())) {
                files.getFileStatus(root);
                return List.of(read(of(files, root)));
            }
            List<JobCheckpoints> jobs = new ArrayList<>();
            for (FileStatus child : files.listStatus(root)) {
                if (child.isDir() && CheckpointDirectory.isJob(child.getPath().getName())) {
                    jobs.add(read(of(files, new Path(root, child.getPath().getName()))));
                }
            }
            jobs.sort(Comparator.comparing(job -> job.directory().jobId().hex()));
            return jobs;
        } catch (IOException e) {
            throw FileErrors.of(e, path, "list checkpoints");
        }
    }

    private static CheckpointDirectory of(FileSystem files, Path job) {
        return new CheckpointDirectory(files, job.getParent(), new JobId(job.getName()));
    }

    /** Reads one job's directory; its manifests too. */
    static JobCheckpoints read(CheckpointDirectory directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Garbage.Found found : StoredManifest.list(directory)) {
            entries.add(entry(directory, found));
        }
        entries.sort(
                Comparator.<Entry>comparingLong(entry -> entry.checkpoint().checkpointId())
                        .thenComparing(entry -> entry.checkpoint().epoch()));
        forgiveCrash(entries);
        markDropped(entries, ForkMarks.in(directory));
        Optional<JobMarker> marker = marker(directory);
        String name =
                marker.map(JobMarker::jobName)
                        .or(
                                () ->
                                        entries.stream()
                                                .filter(entry -> entry.manifestOrNull() != null)
                                                .map(entry -> entry.manifestOrNull().jobName())
                                                .findFirst())
                        .orElse("");
        return new JobCheckpoints(
                directory, name, marker.map(JobMarker::owner).orElse(""), entries);
    }

    /**
     * The marker says more than must be known: without it, or with a damaged one, there is less.
     */
    private static Optional<JobMarker> marker(CheckpointDirectory directory) throws IOException {
        try (var in = directory.files().open(directory.marker())) {
            return Optional.of(JobMarker.read(in, directory.marker()));
        } catch (FileNotFoundException | NoSuchFileException e) {
            return Optional.empty();
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.CHECKPOINT_FILE_CORRUPT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Half of a manifest is what a crash leaves of the last checkpoint, and no damage. */
    private static void forgiveCrash(List<Entry> entries) throws IOException {
        int last = entries.size() - 1;
        if (last >= 0 && entries.get(last).state() == State.DAMAGED) {
            SavedCheckpoint checkpoint = entries.get(last).checkpoint();
            if (StoredManifest.endsEarly(checkpoint.directory().files(), checkpoint.manifest())) {
                entries.set(
                        last,
                        new Entry(
                                checkpoint, State.UNFINISHED, null, "", entries.get(last).found()));
            }
        }
    }

    /** Those that forks have marked are complete, whatever the job's newest manifest says. */
    private static void markDropped(List<Entry> entries, List<ForkMark> marks) {
        List<Long> retained =
                entries.stream()
                        .filter(entry -> entry.state() == State.COMPLETE)
                        .reduce((before, after) -> after)
                        .map(newest -> newest.manifestOrNull().retained())
                        .orElse(List.of());
        if (!retained.isEmpty()) {
            entries.replaceAll(
                    entry ->
                            entry.state() == State.COMPLETE
                                            && !retained.contains(entry.checkpoint().checkpointId())
                                            && marks.stream()
                                                    .noneMatch(
                                                            mark -> mark.isOf(entry.checkpoint()))
                                    ? dropped(entry)
                                    : entry);
        }
        Set<String> needed = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.manifestOrNull() != null) {
                needed.addAll(CheckpointFiles.of(entry.manifestOrNull()).files());
            }
        }
        entries.replaceAll(
                entry ->
                        entry.state() == State.UNFINISHED && holdsOne(entry.found(), needed)
                                ? dropped(entry)
                                : entry);
    }

    private static Entry dropped(Entry entry) {
        return new Entry(entry.checkpoint(), State.DROPPED, null, "", entry.found());
    }

    private static boolean holdsOne(Garbage.Found found, Set<String> needed) {
        return found.names().stream()
                .anyMatch(name -> needed.contains(found.directory() + "/" + name));
    }

    private static Entry entry(CheckpointDirectory directory, Garbage.Found found) {
        SavedCheckpoint checkpoint =
                new SavedCheckpoint(directory, found.epoch(), found.checkpointId());
        if (!found.names().contains(CheckpointDirectory.MANIFEST)) {
            return new Entry(checkpoint, State.UNFINISHED, null, "", found);
        }
        try {
            return new Entry(checkpoint, State.COMPLETE, checkpoint.read(), "", found);
        } catch (MillraceException e) {
            return switch (e.code()) {
                case CHECKPOINT_FILE_CORRUPT, CHECKPOINT_INCOMPATIBLE ->
                        new Entry(checkpoint, State.DAMAGED, null, e.getMessage(), found);
                case CHECKPOINT_NOT_FOUND ->
                        // It was deleted between the listing and this.
                        new Entry(checkpoint, State.UNFINISHED, null, "", found);
                default -> throw e;
            };
        }
    }

    /** The newest complete one. */
    public Optional<Entry> newest() {
        return complete().stream().reduce((before, after) -> after);
    }

    /** Those that are complete, the oldest first. */
    public List<Entry> complete() {
        return entries.stream().filter(entry -> entry.state() == State.COMPLETE).toList();
    }

    /**
     * What belongs to none of the checkpoints of this job. Only what these entries show; ask again
     * before anything is deleted, and spare what other jobs need.
     *
     * @param ended the job's application has ended for good, so that nothing is being written
     * @param beforeMs what was modified since then, milliseconds since the epoch, is left alone
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if a complete checkpoint cannot be
     *     read, since what it needs is not known then
     */
    public Garbage garbage(boolean ended, long beforeMs) {
        List<Garbage.Found> found = new ArrayList<>();
        List<CheckpointFiles> retained = new ArrayList<>();
        long newestEpoch = 0;
        for (Entry entry : entries) {
            newestEpoch = Math.max(newestEpoch, entry.found().epoch());
            if (entry.found().modifiedAtMs() < beforeMs) {
                found.add(entry.found());
            }
            if (entry.state() == State.DAMAGED) {
                throw new MillraceException(
                        ErrorCode.CHECKPOINT_FILE_CORRUPT,
                        "nothing of job "
                                + directory.jobId()
                                + " is deleted, because one of its checkpoints cannot be read and"
                                + " what it needs is not known. Remove "
                                + entry.checkpoint().path()
                                + " if you do not need it. "
                                + entry.problem());
            }
            if (entry.manifestOrNull() != null) {
                retained.add(CheckpointFiles.of(entry.manifestOrNull()));
            }
        }
        return Garbage.orphans(found, retained, ended ? Long.MAX_VALUE : firstPartOf(newestEpoch));
    }

    /** A checkpoint that is still being written may lie in another part than a newer one. */
    private static long firstPartOf(long number) {
        return EpochParts.isPart(number) ? EpochParts.of(EpochParts.epochOf(number), 0) : number;
    }

    /**
     * Deletes files and directories of this job's checkpoints.
     *
     * @param garbage what {@link #garbage} has shown, at two looks
     * @throws MillraceException {@code STORAGE_FAILED} and others of the file system
     */
    public void delete(Garbage garbage) {
        try {
            for (String one : garbage.directories()) {
                directory.files().delete(new Path(directory.path(), one), true);
            }
            for (String one : garbage.files()) {
                directory.files().delete(new Path(directory.path(), one), false);
            }
        } catch (IOException e) {
            throw FileErrors.of(e, directory.path(), "delete files of checkpoints");
        }
    }
}
