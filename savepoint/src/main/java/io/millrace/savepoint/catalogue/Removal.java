package io.millrace.savepoint.catalogue;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.ForkMark;
import io.millrace.savepoint.TableSavepoint;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * Removes a savepoint: its manifest first, so that half of one is never taken for one, and only
 * what is the savepoint's own, so that nothing goes that somebody has put beside it. Stateless.
 */
public final class Removal {
    private Removal() {}

    /**
     * One of tables.
     *
     * @throws MillraceException of the file system
     */
    public static void ofTables(Path savepoint) {
        of(
                savepoint,
                new Path(savepoint, TableSavepoint.MANIFEST),
                name -> Catalogue.isOfTables(name) || ForkMark.isName(name));
    }

    static void of(CatalogueEntry entry) {
        CatalogueEntry.Content content = entry.content();
        of(
                entry.path(),
                content.tables() != null ? content.tables().manifest() : content.saved().manifest(),
                name -> Catalogue.isOfSavepoint(name, entry.jobId()));
    }

    private static void of(Path savepoint, Path manifest, Predicate<String> own) {
        try {
            FileSystem files = savepoint.getFileSystem();
            files.delete(manifest, false);
            for (FileStatus child : files.listStatus(savepoint)) {
                String name = child.getPath().getName();
                if (own.test(name)) {
                    files.delete(new Path(savepoint, name), true);
                }
            }
            if (files.listStatus(savepoint).length == 0) {
                files.delete(savepoint, false);
            }
        } catch (IOException e) {
            throw FileErrors.of(e, savepoint, "remove the savepoint");
        }
    }
}
