package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.ForkMark;
import io.millrace.runtime.checkpoint.ForkMarks;
import io.millrace.runtime.checkpoint.PlacedMark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether others need the files of one savepoint that somebody wants to remove: a job that was
 * started from it names them in its checkpoints, until it has written all of its state itself.
 * Immutable.
 *
 * @param users checkpoints and savepoints of others that name files of it
 * @param unread those whose manifests cannot be read, so that they may need any file
 * @param forks marks of jobs that were started from it and have no checkpoint of their own yet
 * @param problems what could not be looked at, a sentence each
 */
public record Disposal(
        List<Path> users, List<Path> unread, List<PlacedMark> forks, List<String> problems) {
    public Disposal {
        users = List.copyOf(users);
        unread = List.copyOf(unread);
        forks = List.copyOf(forks);
        problems = List.copyOf(problems);
    }

    /** Whether nobody is known to need it. */
    public boolean isFree() {
        return users.isEmpty() && unread.isEmpty() && forks.isEmpty();
    }

    /** The same without marks of forks that need it no more. */
    public Disposal without(Predicate<ForkMark> over) {
        return new Disposal(
                users,
                unread,
                forks.stream().filter(each -> !over.test(each.mark())).toList(),
                problems);
    }

    /**
     * Does nothing if nobody is known to need it.
     *
     * @throws MillraceException {@code NOT_PERMITTED}, {@code CHECKPOINT_FILE_CORRUPT}, with those
     *     who may
     */
    public void requireFree(Path savepoint) {
        if (!users.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.NOT_PERMITTED,
                    "nothing of "
                            + savepoint
                            + " was removed: "
                            + users.size()
                            + " checkpoints or savepoints need files of it, such as "
                            + users.get(0)
                            + ". Remove it when those have gone: millrace savepoint --dispose PATH,"
                            + " or now with --force.");
        }
        if (!forks.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.NOT_PERMITTED,
                    "nothing of "
                            + savepoint
                            + " was removed: "
                            + forks.get(0).mark().who()
                            + " was started from it and has no checkpoint of its own yet, as the"
                            + " mark "
                            + forks.get(0).path()
                            + " says"
                            + (forks.size() > 1 ? ", and " + (forks.size() - 1) + " more" : "")
                            + ". Remove it when that has one: millrace savepoint --dispose PATH,"
                            + " or now with --force. If that job was killed, 'millrace savepoint"
                            + " fsck --delete-orphans DIR' takes its mark away.");
        }
        if (!unread.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "nothing of "
                            + savepoint
                            + " was removed: the manifest of "
                            + unread.get(0)
                            + " cannot be read, and what that one needs is not known. Remove that"
                            + " if you do not need it, or use millrace savepoint --dispose PATH"
                            + " --force.");
        }
    }

    /**
     * Looks at all that lies beside the savepoint and below further directories. Changes nothing.
     *
     * @param places directories of checkpoints that may need files of it
     * @throws MillraceException of the file system
     */
    public static Disposal of(Path savepoint, List<Path> places) {
        Path own;
        try {
            own = savepoint.makeQualified(savepoint.getFileSystem());
        } catch (IOException e) {
            throw FileErrors.of(e, savepoint, "look at the savepoint");
        }
        List<Catalogue> catalogues = new ArrayList<>();
        if (own.getParent() != null) {
            catalogues.add(Catalogue.below(own.getParent()));
        }
        places.forEach(place -> catalogues.add(Catalogue.below(place)));
        Set<Path> users = new LinkedHashSet<>();
        Set<Path> unread = new LinkedHashSet<>();
        Set<String> problems = new LinkedHashSet<>();
        for (Catalogue catalogue : catalogues) {
            problems.addAll(catalogue.problems());
            for (CatalogueEntry entry : catalogue.entries()) {
                if (!isBelow(entry.path().getPath(), own.getPath())) {
                    NeededFiles needed = NeededFiles.of(entry);
                    needed.unread().ifPresent(unread::add);
                    if (needed.hasBelow(own)) {
                        users.add(entry.path());
                    }
                }
            }
        }
        return new Disposal(
                List.copyOf(users), List.copyOf(unread), ForkMarks.on(own), List.copyOf(problems));
    }

    private static boolean isBelow(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }
}
