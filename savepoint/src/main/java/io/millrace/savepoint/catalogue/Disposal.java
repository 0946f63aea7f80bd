package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether others need the files of one savepoint that somebody wants to remove: a job that was
 * started from it names them in its checkpoints, until it has written all of its state itself.
 * Immutable.
 *
 * @param users checkpoints and savepoints of others that name files of it
 * @param unread those whose manifests cannot be read, so that they may need any file
 * @param problems what could not be looked at, a sentence each
 */
public record Disposal(List<Path> users, List<Path> unread, List<String> problems) {
    public Disposal {
        users = List.copyOf(users);
        unread = List.copyOf(unread);
        problems = List.copyOf(problems);
    }

    /** Whether nobody is known to need it. */
    public boolean isFree() {
        return users.isEmpty() && unread.isEmpty();
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
        return new Disposal(List.copyOf(users), List.copyOf(unread), List.copyOf(problems));
    }

    private static boolean isBelow(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }
}
