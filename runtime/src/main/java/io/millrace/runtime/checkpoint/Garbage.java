package io.millrace.runtime.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files of a job's checkpoints that nobody needs any more, found from manifests alone. Immutable;
 * its rules are pure. Names are relative to the directory of the job; files of other jobs are never
 * among them.
 *
 * @param directories of checkpoints, {@code <epoch>/<checkpoint id>}, or of a part of an epoch,
 *     {@code <epoch>}, with all that is in them
 * @param files in directories that have others that are needed
 */
public record Garbage(List<String> directories, List<String> files) {
    public static final Garbage NONE = new Garbage(List.of(), List.of());

    public Garbage {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
    }

    public boolean isEmpty() {
        return directories.isEmpty() && files.isEmpty();
    }

    /** What is in both: garbage at a first and at a second look. */
    public Garbage and(Garbage other) {
        return new Garbage(
                directories.stream().filter(other.directories::contains).toList(),
                files.stream().filter(other.files::contains).toList());
    }

    /** What is in either. */
    public Garbage with(Garbage other) {
        Set<String> allDirectories = new LinkedHashSet<>(directories);
        allDirectories.addAll(other.directories);
        Set<String> allFiles = new LinkedHashSet<>(files);
        allFiles.addAll(other.files);
        return new Garbage(List.copyOf(allDirectories), List.copyOf(allFiles));
    }

    /** What is here and not there. */
    public Garbage less(Garbage other) {
        return new Garbage(
                directories.stream().filter(one -> !other.directories.contains(one)).toList(),
                files.stream().filter(one -> !other.files.contains(one)).toList());
    }

    /**
     * What may go although somebody needs further checkpoints: a directory in which they have
     * anything stays whole.
     *
     * @param spared checkpoints of the job that others need, with their manifests
     */
    public Garbage without(Collection<CheckpointFiles> spared) {
        Needed needed = new Needed(spared);
        return new Garbage(
                directories.stream().filter(one -> !needed.anyBelow(one)).toList(),
                files.stream()
                        .filter(
                                one ->
                                        !needed.files.contains(one)
                                                && !needed.retained.contains(directoryOf(one)))
                        .toList());
    }

    /**
     * What may go when checkpoints are dropped, after a pointer that does not name them is durable:
     * directories in which nothing is needed. Each is one call of the NameNode, so a directory with
     * something that is needed stays as it is until the last who needs it is dropped.
     *
     * @param retained all that the pointer names
     */
    public static Garbage released(
            Collection<CheckpointFiles> dropped, Collection<CheckpointFiles> retained) {
        Needed needed = new Needed(retained);
        Set<String> directories = new TreeSet<>();
        for (CheckpointFiles one : dropped) {
            directories.add(one.directory());
            one.files().stream()
                    .filter(CheckpointDirectory::isRelative)
                    .map(Garbage::directoryOf)
                    .forEach(directories::add);
        }
        directories.removeIf(needed::directory);
        return new Garbage(List.copyOf(directories), List.of());
    }

    /**
     * What lies in a job's directory and belongs to no checkpoint.
     *
     * @param found what is there
     * @param retained every checkpoint that is complete or may be
     * @param limit what may still be written is kept: checkpoints of this epoch and later ones, if
     *     their number is above that of the newest retained one
     */
    public static Garbage orphans(
            Collection<Found> found, Collection<CheckpointFiles> retained, long limit) {
        Needed needed = new Needed(retained);
        long newest = retained.stream().mapToLong(CheckpointFiles::checkpointId).max().orElse(-1);
        List<String> directories = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (Found one : found) {
            if (one.epoch() >= limit && one.checkpointId() > newest) {
                continue;
            }
            if (!needed.directory(one.directory())) {
                directories.add(one.directory());
                continue;
            }
            boolean isRetained = needed.retained.contains(one.directory());
            for (String name : one.names()) {
                String file = one.directory() + "/" + name;
                boolean isManifest = name.startsWith(CheckpointDirectory.MANIFEST);
                if (isManifest ? !isRetained : !needed.files.contains(file)) {
                    files.add(file);
                }
            }
        }
        return new Garbage(directories, files);
    }

    /**
     * The files that a new checkpoint needs and neither it nor a retained one has: they may be gone
     * already, so it must not be completed.
     */
    public static List<String> unknown(
            CheckpointFiles checkpoint, Collection<CheckpointFiles> retained) {
        Set<String> known = new Needed(retained).files;
        return checkpoint.files().stream()
                .filter(file -> CheckpointDirectory.isRelative(file))
                .filter(file -> !directoryOf(file).equals(checkpoint.directory()))
                .filter(file -> !known.contains(file))
                .sorted()
                .toList();
    }

    static String directoryOf(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    /**
     * The directory of one checkpoint and what is in it. Immutable.
     *
     * @param modifiedAtMs of its newest file, milliseconds since the epoch
     */
    public record Found(long epoch, long checkpointId, List<String> names, long modifiedAtMs) {
        public Found {
            names = List.copyOf(names);
        }

        String directory() {
            return epoch + "/" + checkpointId;
        }
    }

    /** What retained checkpoints need. */
    private static final class Needed {
        final Set<String> files = new HashSet<>();
        final Set<String> retained = new HashSet<>();
        private final Set<String> directories = new HashSet<>();

        Needed(Collection<CheckpointFiles> checkpoints) {
            for (CheckpointFiles one : checkpoints) {
                retained.add(one.directory());
                for (String file : one.files()) {
                    if (CheckpointDirectory.isRelative(file)) {
                        files.add(file);
                        directories.add(directoryOf(file));
                    }
                }
            }
            directories.addAll(retained);
        }

        boolean directory(String directory) {
            return directories.contains(directory);
        }

        /** In a directory of a checkpoint, or in one of a part of an epoch. */
        boolean anyBelow(String directory) {
            return directories.contains(directory)
                    || directories.stream().anyMatch(one -> one.startsWith(directory + "/"));
        }
    }
}
