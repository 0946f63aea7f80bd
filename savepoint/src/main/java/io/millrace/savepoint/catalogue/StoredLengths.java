package io.millrace.savepoint.catalogue;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.savepoint.TableSavepoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lengths of files, a directory in one call: whether all that manifests name is there, without
 * reading it. Confined to one command.
 */
final class StoredLengths {
    private final Map<Path, Map<String, Long>> directories = new HashMap<>();

    /**
     * What is missing or has another length, a sentence each.
     *
     * @param entry complete
     */
    List<String> damagesOf(CatalogueEntry entry) throws IOException {
        List<String> damages = new ArrayList<>();
        CatalogueEntry.Content content = entry.content();
        if (content.tables() != null) {
            for (TableSavepoint.File file : content.tables().files()) {
                check(new Path(entry.path(), file.path()), file.length(), damages);
            }
            return damages;
        }
        for (StoredFile file : content.manifest().files()) {
            if (file.isInManifest()) {
                continue;
            }
            try {
                check(content.saved().directory().resolve(file.file()), file.length(), damages);
            } catch (MillraceException e) {
                if (e.code() != ErrorCode.CHECKPOINT_FILE_CORRUPT) {
                    throw e;
                }
                damages.add(e.getMessage());
            }
        }
        return damages;
    }

    private void check(Path file, long length, List<String> damages) throws IOException {
        Long found = directory(file.getParent()).get(file.getName());
        if (found == null) {
            damages.add(file + " is missing");
        } else if (found != length) {
            damages.add(file + " has " + found + " bytes, the manifest says " + length);
        }
    }

    private Map<String, Long> directory(Path path) throws IOException {
        Map<String, Long> known = directories.get(path);
        if (known == null) {
            known = new HashMap<>();
            try {
                for (FileStatus child : path.getFileSystem().listStatus(path)) {
                    if (!child.isDir()) {
                        known.put(child.getPath().getName(), child.getLen());
                    }
                }
            } catch (FileNotFoundException | NoSuchFileException e) {
                known.clear(); // whatever is to be there is missing
            }
            directories.put(path, known);
        }
        return known;
    }
}
