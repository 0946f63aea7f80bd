package io.millrace.connector.file;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files that a job's output takes the place of: those that were there before its first commit.
 * They are written down before anything is made visible, so that a commit that is repeated after a
 * crash removes the same ones, and never one of the job's own. Confined to whoever commits.
 *
 * <pre>
 * &lt;staging&gt;/_replaced := (path '\n')*
 * </pre>
 */
final class ReplacedFiles {
    private static final String LIST = "_replaced";

    private final FileSystem fileSystem;
    private final List<Path> files;

    private ReplacedFiles(FileSystem fileSystem, List<Path> files) {
        this.fileSystem = fileSystem;
        this.files = files;
    }

    /** As written down by an earlier commit of the job; else what is there now, written down. */
    static ReplacedFiles of(FileSystem fileSystem, Path output, Path staging) throws IOException {
        Path list = new Path(staging, LIST);
        if (!fileSystem.exists(list)) {
            List<Path> found = new ArrayList<>();
            collect(fileSystem, output, found);
            Path unfinished = new Path(staging, LIST + ".new");
            fileSystem.delete(unfinished, false);
            try (FSDataOutputStream out = fileSystem.createDurable(unfinished)) {
                for (Path path : found) {
                    out.write((path + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            if (!fileSystem.rename(unfinished, list)) {
                throw new IOException("could not rename " + unfinished + " to " + list);
            }
        }
        try (FSDataInputStream in = fileSystem.open(list)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ReplacedFiles(fileSystem, text.lines().map(Path::new).toList());
        }
    }

    private static void collect(FileSystem fileSystem, Path directory, List<Path> into)
            throws IOException {
        FileStatus[] children;
        try {
            children = fileSystem.listStatus(directory);
        } catch (FileNotFoundException | NoSuchFileException absent) {
            return;
        }
        for (FileStatus child : children) {
            if (!child.isDir()) {
                into.add(child.getPath());
            } else if (!Staging.isStaging(child.getPath().getName())) {
                collect(fileSystem, child.getPath(), into);
            }
        }
    }

    /**
     * @param directories qualified; only files in these, or null for all
     */
    void remove(Set<Path> directories) throws IOException {
        for (Path file : files) {
            if (directories == null
                    || directories.contains(file.getParent().makeQualified(fileSystem))) {
                fileSystem.delete(file, false);
            }
        }
    }
}
