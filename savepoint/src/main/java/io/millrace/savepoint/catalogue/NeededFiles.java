package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files that manifests name, of all jobs and savepoints that were looked at. Immutable.
 *
 * <p>A job that was started from a checkpoint of another one names that one's files, until it has
 * written all of its state itself; so what may go is never seen from one job's manifests. Paths are
 * compared without scheme and authority, which are written in several ways: a wrong match only
 * keeps more.
 */
final class NeededFiles {
    private final NavigableSet<String> paths = new TreeSet<>();
    private Path unread; // whose needs are not known; null if all are

    private NeededFiles() {}

    static NeededFiles of(Collection<Catalogue> catalogues) {
        NeededFiles needed = new NeededFiles();
        for (Catalogue catalogue : catalogues) {
            catalogue.entries().forEach(needed::add);
        }
        return needed;
    }

    /** What one of them needs. */
    static NeededFiles of(CatalogueEntry entry) {
        NeededFiles needed = new NeededFiles();
        needed.add(entry);
        return needed;
    }

    private void add(CatalogueEntry entry) {
        boolean readable = entry.state() != CatalogueEntry.State.DAMAGED;
        try {
            paths.addAll(entry.files());
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT) {
                throw e;
            }
            readable = false;
        }
        // Tables need their own files only, whatever their manifest says.
        if (!readable && unread == null && entry.form() != CatalogueEntry.Form.TABLES) {
            unread = entry.path();
        }
    }

    /** A savepoint or checkpoint whose manifest cannot be read, so that it may need any file. */
    Optional<Path> unread() {
        return Optional.ofNullable(unread);
    }

    boolean has(Path file) {
        return paths.contains(file.getPath());
    }

    boolean hasBelow(Path directory) {
        String inside = directory.getPath() + "/";
        String first = paths.ceiling(inside);
        return first != null && first.startsWith(inside);
    }
}
