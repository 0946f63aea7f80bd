package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.ForkMark;
import io.millrace.runtime.checkpoint.ForkMarks;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.JobCheckpoints;
import io.millrace.runtime.checkpoint.PlacedMark;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.savepoint.TableSavepoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks through a tree of checkpoints and savepoints: what is broken, and what belongs to nobody.
 * Confined to one command; changes nothing but in {@link #delete}.
 */
public final class TreeCheck {
    private final Path directory;
    private final List<Path> alsoNeeding;
    private final long beforeMs;
    private final boolean ended;

    /**
     * @param directory of checkpoints, of savepoints, or of both
     * @param alsoNeeding further directories of checkpoints that may need files in this one
     * @param beforeMs what was modified since then, milliseconds since the epoch, is no orphan: it
     *     may be written just now
     * @param ended the jobs have ended for good: checkpoints that they had begun are orphans too
     */
    public TreeCheck(Path directory, List<Path> alsoNeeding, long beforeMs, boolean ended) {
        this.directory = directory;
        this.alsoNeeding = List.copyOf(alsoNeeding);
        this.beforeMs = beforeMs;
        this.ended = ended;
    }

    /**
     * A file or directory that no manifest needs.
     *
     * @param why for people
     */
    public record Orphan(Path path, boolean isDirectory, long bytes, String why) {}

    /**
     * What is wrong with a savepoint or checkpoint.
     *
     * @param damages a sentence each, at least one
     */
    public record Broken(Path path, List<String> damages) {}

    /**
     * What was found.
     *
     * @param whole savepoints and checkpoints in which nothing is wrong
     * @param bytesRead of a deep look; else 0
     * @param forks marks of jobs that were started from checkpoints and savepoints here and have
     *     none of their own yet; of a job whose application was killed, a mark that is left
     * @param notes what could not be looked at, or why nothing is called an orphan there
     */
    public record Report(
            int whole,
            long bytesRead,
            List<Broken> broken,
            List<Orphan> orphans,
            List<PlacedMark> forks,
            List<String> notes) {
        public long orphanBytes() {
            return orphans.stream().mapToLong(Orphan::bytes).sum();
        }
    }

    /** Hears how far a look has come. */
    @FunctionalInterface
    public interface Steps {
        /**
         * A savepoint or checkpoint is looked at next.
         *
         * @param number of it, from 1
         * @param count of all
         */
        void next(Path path, int number, int count);
    }

    /** {@link #check(boolean, Steps, Verification.Pace)} as fast as it goes. */
    public Report check(boolean deep, Steps progress) {
        return check(deep, progress, Verification.Pace.FULL);
    }

    /**
     * @param deep reads every byte and holds it against checksums
     * @param progress told of each savepoint and checkpoint that is complete
     * @param pace told of each block that was read
     * @throws MillraceException of the file system
     */
    public Report check(boolean deep, Steps progress, Verification.Pace pace) {
        try {
            return new Look(Catalogue.below(directory), pace).report(deep, progress);
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "look through checkpoints");
        }
    }

    /**
     * Looks a second time and deletes what was an orphan and still is.
     *
     * @return what was deleted
     */
    public List<Orphan> delete(List<Orphan> before) {
        Set<Path> meant = new HashSet<>(before.stream().map(Orphan::path).toList());
        List<Orphan> deleted = new ArrayList<>();
        for (Orphan orphan : check(false, (path, number, count) -> {}).orphans()) {
            if (meant.contains(orphan.path())) {
                try {
                    orphan.path().getFileSystem().delete(orphan.path(), orphan.isDirectory());
                } catch (IOException e) {
                    throw FileErrors.of(e, orphan.path(), "delete an orphan");
                }
                deleted.add(orphan);
            }
        }
        return deleted;
    }

    private final class Look {
        private final Catalogue catalogue;
        private final Verification.Pace pace;
        private final StoredLengths lengths = new StoredLengths();
        private final List<Broken> broken = new ArrayList<>();
        private final List<Orphan> orphans = new ArrayList<>();
        private final List<String> notes;
        private final Map<Path, Set<String>> wholeFiles = new HashMap<>(); // by job
        private NeededFiles needed; // null until all manifests have been looked at
        private long bytesRead;

        Look(Catalogue catalogue, Verification.Pace pace) {
            this.catalogue = catalogue;
            this.pace = pace;
            this.notes = new ArrayList<>(catalogue.problems());
        }

        Report report(boolean deep, Steps progress) throws IOException {
            int whole = 0;
            int number = 0;
            for (CatalogueEntry entry : catalogue.entries()) {
                number++;
                if (entry.isComplete()) {
                    progress.next(entry.path(), number, catalogue.entries().size());
                }
                List<String> damages = damagesOf(entry, deep);
                if (!damages.isEmpty()) {
                    broken.add(new Broken(entry.path(), damages));
                } else if (entry.isComplete()) {
                    whole++;
                }
            }
            if (knowsWhatIsNeeded()) {
                leftovers();
            }
            return new Report(
                    whole, bytesRead, List.copyOf(broken), List.copyOf(orphans), forks(), notes);
        }

        private List<PlacedMark> forks() {
            List<PlacedMark> marks = new ArrayList<>();
            for (JobCheckpoints job : catalogue.jobs()) {
                marks.addAll(ForkMarks.on(job.directory().path()));
            }
            for (CatalogueEntry entry : catalogue.entries()) {
                if (entry.isSavepoint()) {
                    marks.addAll(ForkMarks.on(entry.path()));
                }
            }
            return List.copyOf(marks);
        }

        private List<String> damagesOf(CatalogueEntry entry, boolean deep) throws IOException {
            if (entry.state() == CatalogueEntry.State.DAMAGED) {
                return List.of(entry.problem());
            }
            if (!entry.isComplete()) {
                return List.of();
            }
            if (!deep) {
                return lengths.damagesOf(entry);
            }
            return read(entry);
        }

        /**
         * Finds what manifests name, damaged or not. If one cannot be read nothing is called an
         * orphan: it may name files of others.
         */
        private boolean knowsWhatIsNeeded() {
            List<Catalogue> looked = new ArrayList<>();
            looked.add(catalogue);
            if (Catalogue.isJob(directory)) {
                looked.add(Catalogue.around(directory));
            }
            alsoNeeding.forEach(place -> looked.add(Catalogue.below(place)));
            needed = NeededFiles.of(looked);
            List<String> unseen =
                    looked.stream().flatMap(each -> each.problems().stream()).toList();
            if (!unseen.isEmpty()) {
                notes.add(
                        "nothing is called an orphan, because what may need it could not all be"
                                + " looked at: "
                                + String.join("; ", unseen));
                return false;
            }
            if (needed.unread().isPresent()) {
                notes.add(
                        "nothing is called an orphan, because what "
                                + needed.unread().get()
                                + " needs is not known. Remove it if you do not need it");
            }
            return needed.unread().isEmpty();
        }

        /** All damages; files that were read before and are whole are not read again. */
        private List<String> read(CatalogueEntry entry) {
            CatalogueEntry.Content content = entry.content();
            if (content.tables() != null) {
                TableSavepoint.Verified verified = content.tables().verify(pace);
                bytesRead += verified.bytes();
                return verified.damages();
            }
            Set<String> known =
                    wholeFiles.computeIfAbsent(
                            content.saved().directory().path(), job -> new HashSet<>());
            Verification.Result result =
                    Verification.of(content.saved().directory(), content.manifest(), pace, known);
            known.addAll(result.wholeFiles());
            bytesRead += result.bytes();
            return result.damages();
        }

        private void leftovers() throws IOException {
            for (JobCheckpoints job : catalogue.jobs()) {
                try {
                    Garbage garbage = job.garbage(ended, beforeMs);
                    add(job, garbage);
                } catch (MillraceException e) {
                    if (e.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT) {
                        throw e;
                    }
                    notes.add(e.getMessage());
                }
            }
            for (CatalogueEntry entry : catalogue.entries()) {
                if (entry.isSavepoint()
                        && entry.state() == CatalogueEntry.State.UNFINISHED
                        && entry.modifiedAtMs() < beforeMs
                        && !needed.hasBelow(entry.path())) {
                    orphan(entry.path(), true, "a savepoint or copy that was given up");
                } else if (entry.form() == CatalogueEntry.Form.TABLES && entry.isComplete()) {
                    strangers(entry);
                }
            }
        }

        private void add(JobCheckpoints job, Garbage garbage) throws IOException {
            Garbage spared = CheckpointGarbage.spared(job, garbage, needed);
            for (String one : spared.directories()) {
                orphan(
                        new Path(job.directory().path(), one),
                        true,
                        "no complete checkpoint needs any of it");
            }
            for (String one : spared.files()) {
                orphan(
                        new Path(job.directory().path(), one),
                        false,
                        "no complete checkpoint needs it");
            }
        }

        /** Files in the directory of tables that its manifest does not name. */
        private void strangers(CatalogueEntry entry) throws IOException {
            Set<String> known = entry.files();
            FileSystem files = entry.path().getFileSystem();
            for (FileStatus child : files.listStatus(entry.path())) {
                String name = child.getPath().getName();
                boolean own =
                        name.equals(TableSavepoint.MANIFEST)
                                || Marks.isMark(TableSavepoint.MANIFEST, name)
                                || ForkMark.isName(name);
                if (!own) {
                    strangers(files, new Path(entry.path(), name), child, known);
                }
            }
        }

        private void strangers(FileSystem files, Path path, FileStatus status, Set<String> known)
                throws IOException {
            if (status.isDir()) {
                for (FileStatus child : files.listStatus(path)) {
                    strangers(files, new Path(path, child.getPath().getName()), child, known);
                }
            } else if (!known.contains(path.getPath()) && status.getModificationTime() < beforeMs) {
                orphan(path, false, "the savepoint's manifest does not name it");
            }
        }

        private void orphan(Path path, boolean isDirectory, String why) throws IOException {
            FileSystem files = path.getFileSystem();
            long bytes;
            try {
                bytes =
                        isDirectory
                                ? Prune.bytesBelow(files, path)
                                : files.getFileStatus(path).getLen();
            } catch (FileNotFoundException | NoSuchFileException e) {
                return; // gone since
            }
            orphans.add(new Orphan(path, isDirectory, bytes, why));
        }
    }
}
