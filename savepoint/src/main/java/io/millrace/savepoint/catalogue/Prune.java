package io.millrace.savepoint.catalogue;

import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.ForkMarks;
import io.millrace.runtime.checkpoint.PlacedMark;
import io.millrace.savepoint.catalogue.Retention.Verdict;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes the savepoints below a directory that need not be kept. Confined to one command. */
public final class Prune {
    private final Path directory;
    private final List<Path> checkpoints;
    private final Retention retention;

    /**
     * @param directory of savepoints
     * @param checkpoints directories of checkpoints whose manifests may name files of the
     *     savepoints, besides those below {@code directory}
     */
    public Prune(Path directory, List<Path> checkpoints, Retention retention) {
        this.directory = directory;
        this.checkpoints = List.copyOf(checkpoints);
        this.retention = retention;
    }

    /**
     * What would become of each savepoint.
     *
     * @param verdicts the newest savepoint first
     * @param bytes on storage of those that go, by their paths
     * @param problems what could not be looked at, a sentence each
     */
    public record Plan(List<Verdict> verdicts, Map<Path, Long> bytes, List<String> problems) {
        public long bytesFreed() {
            return bytes.values().stream().mapToLong(Long::longValue).sum();
        }

        public long count() {
            return verdicts.stream().filter(Verdict::goes).count();
        }
    }

    /**
     * Looks, and removes nothing.
     *
     * @param nowMs milliseconds since the epoch
     * @throws io.millrace.api.error.MillraceException of the file system
     */
    public Plan plan(long nowMs) {
        Catalogue catalogue = Catalogue.below(directory);
        Set<String> problems = new LinkedHashSet<>(catalogue.problems());
        Set<Path> known =
                new LinkedHashSet<>(
                        catalogue.entries().stream().map(CatalogueEntry::path).toList());
        List<CatalogueEntry> others = new ArrayList<>();
        for (Path other : checkpoints) {
            Catalogue more = Catalogue.below(other);
            problems.addAll(more.problems());
            for (CatalogueEntry entry : more.entries()) {
                if (known.add(entry.path())) {
                    others.add(entry);
                }
            }
        }
        try {
            return plan(catalogue.entries(), others, List.copyOf(problems), nowMs);
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "look at the files of savepoints");
        }
    }

    private Plan plan(
            List<CatalogueEntry> entries,
            List<CatalogueEntry> others,
            List<String> problems,
            long nowMs)
            throws IOException {
        StoredLengths lengths = new StoredLengths();
        Map<Path, String> damaged = new HashMap<>();
        for (CatalogueEntry entry : entries) {
            if (entry.isSavepoint() && entry.isComplete()) {
                List<String> damages = lengths.damagesOf(entry);
                if (!damages.isEmpty()) {
                    damaged.put(entry.path(), damages.get(0));
                }
            }
        }
        List<Verdict> verdicts =
                retention.decide(entries, others, damaged, nowMs).stream()
                        .map(Prune::unlessMarked)
                        .toList();
        Map<Path, Long> bytes = new HashMap<>();
        for (Verdict verdict : verdicts) {
            if (verdict.goes()) {
                Path path = verdict.entry().path();
                bytes.put(path, bytesBelow(path.getFileSystem(), path));
            }
        }
        return new Plan(verdicts, bytes, problems);
    }

    /** What is to go stays if a job was started from it that has no checkpoint of its own yet. */
    private static Verdict unlessMarked(Verdict verdict) {
        if (!verdict.goes()) {
            return verdict;
        }
        List<PlacedMark> marks = ForkMarks.on(verdict.entry().path());
        return marks.isEmpty()
                ? verdict
                : new Verdict(
                        verdict.entry(),
                        false,
                        marks.get(0).mark().who()
                                + " was started from it and has no checkpoint of its own yet (mark "
                                + marks.get(0).path()
                                + "; if it was killed, 'fsck --delete-orphans' takes that away)");
    }

    static long bytesBelow(FileSystem files, Path directory) throws IOException {
        long bytes = 0;
        FileStatus[] children;
        try {
            children = files.listStatus(directory);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return 0;
        }
        for (FileStatus child : children) {
            bytes +=
                    child.isDir()
                            ? bytesBelow(files, new Path(directory, child.getPath().getName()))
                            : child.getLen();
        }
        return bytes;
    }

    /**
     * Looks a second time and removes what was to go and still is. The manifest goes first, so that
     * half of a savepoint is never taken for one.
     *
     * @param before what {@link #plan} has said
     * @return of those that are removed
     */
    public Plan remove(Plan before, long nowMs) {
        Set<Path> meant =
                new LinkedHashSet<>(
                        before.verdicts().stream()
                                .filter(Verdict::goes)
                                .map(verdict -> verdict.entry().path())
                                .toList());
        Plan now = plan(nowMs);
        List<Verdict> removed = new ArrayList<>();
        Map<Path, Long> bytes = new HashMap<>();
        for (Verdict verdict : now.verdicts()) {
            Path path = verdict.entry().path();
            if (verdict.goes() && meant.contains(path)) {
                Removal.of(verdict.entry());
                removed.add(verdict);
                bytes.put(path, now.bytes().get(path));
            }
        }
        return new Plan(removed, bytes, now.problems());
    }
}
