package io.millrace.savepoint;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes files of tables that nobody wants, with directories that are empty then. */
final class TableRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(TableRemoval.class);

    private TableRemoval() {}

    /**
     * Removes what can be removed and logs the rest. The coordinator removes the whole directory;
     * this is for what comes after that.
     *
     * @param paths relative to the directory
     */
    static void remove(FileSystem files, Path directory, Collection<String> paths) {
        for (String path : paths) {
            try {
                files.delete(new Path(directory, path), false);
                removeIfEmpty(files, directory, new Path(directory, path).getParent());
            } catch (IOException | RuntimeException e) {
                LOG.warn("A table of a failed savepoint stays. path={}/{}", directory, path, e);
            }
        }
    }

    private static void removeIfEmpty(FileSystem files, Path directory, Path from)
            throws IOException {
        Path each = from;
        while (each.toString().startsWith(directory.toString())) {
            try {
                if (files.listStatus(each).length > 0 || !files.delete(each, false)) {
                    return;
                }
            } catch (FileNotFoundException | NoSuchFileException e) {
                LOG.debug("A directory of a failed savepoint has gone before. path={}", each);
            }
            each = each.getParent();
        }
    }
}
