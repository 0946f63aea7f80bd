package io.millrace.api.cache;

import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the records of a cached stream lie. Immutable; any thread.
 *
 * <pre>
 * directory/.part-SUBTASK-RANDOM    being written, or written and not committed
 * directory/part-SUBTASK-RANDOM     whole: (length of a record, its bytes)*
 * </pre>
 */
public record CacheFiles(Path directory) implements Serializable {
    private static final String STAGED = ".";

    /**
     * A directory of its own that workers reach too: below the home directory of a distributed file
     * system, or among the temporary files of this machine.
     */
    public static CacheFiles create(String id) throws IOException {
        URI defaultUri = FileSystem.getDefaultFsUri();
        FileSystem fileSystem = FileSystem.get(defaultUri);
        Path base =
                fileSystem.isDistributedFS()
                        ? new Path(fileSystem.getHomeDirectory(), ".millrace-cache")
                        : Path.fromLocalFile(
                                new java.io.File(
                                        System.getProperty("java.io.tmpdir"), "millrace-cache"));
        Path directory = new Path(base, id);
        fileSystem.mkdirs(directory);
        return new CacheFiles(directory);
    }

    Path staged(String name) {
        return new Path(directory, STAGED + name);
    }

    Path whole(String name) {
        return new Path(directory, name);
    }

    /** The files that are whole, in their order. */
    public List<Path> list() {
        try {
            List<Path> files = new ArrayList<>();
            for (FileStatus file : directory.getFileSystem().listStatus(directory)) {
                if (!file.getPath().getName().startsWith(STAGED)) {
                    files.add(file.getPath());
                }
            }
            files.sort(null);
            return files;
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "list the files of a cached stream");
        }
    }

    /** Removes what nobody committed. */
    void removeStaged() throws IOException {
        FileSystem fileSystem = directory.getFileSystem();
        if (!fileSystem.exists(directory)) {
            return;
        }
        for (FileStatus file : fileSystem.listStatus(directory)) {
            if (file.getPath().getName().startsWith(STAGED)) {
                fileSystem.delete(file.getPath(), false);
            }
        }
    }

    /** Removes all of it. */
    public void remove() {
        try {
            directory.getFileSystem().delete(directory, true);
        } catch (IOException e) {
            throw FileErrors.of(e, directory, "remove a cached stream");
        }
    }
}
