package io.millrace.runtime.operator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.graph.CachedFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a job's cached files in a directory of its own, each fetched by who asks first while
 * the others that want the same wait. Thread-safe.
 */
final class CachedFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CachedFiles.class);

    private final Map<String, Copy> copies = new LinkedHashMap<>();
    private final Path directory;

    CachedFiles(List<CachedFile> files, Path directory) {
        this.directory = directory;
        for (CachedFile file : files) {
            copies.put(file.name(), new Copy(file, copies.size()));
        }
    }

    File get(String name) {
        Copy copy = copies.get(name);
        if (copy == null) {
            throw new MillraceException(
                    ErrorCode.PATH_NOT_FOUND,
                    "no file is registered as '"
                            + name
                            + "'; registered are "
                            + copies.keySet()
                            + ". Call registerCachedFile(path, \""
                            + name
                            + "\") on the environment before execute().");
        }
        return copy.get();
    }

    /** One file or directory. Its lock is held while it is fetched. */
    private final class Copy {
        private final CachedFile file;
        private final int number;
        private Path here; // guarded by this; null until it has been fetched

        Copy(CachedFile file, int number) {
            this.file = file;
            this.number = number;
        }

        synchronized File get() {
            if (here == null) {
                here = fetch();
            }
            return here.toFile();
        }

        private Path fetch() {
            io.millrace.api.file.Path from = new io.millrace.api.file.Path(file.path());
            try {
                FileSystem files = from.getFileSystem();
                FileStatus status = files.getFileStatus(from);
                // The user's name stays visible; the number keeps two of the same name apart.
                Path parent = Files.createDirectories(directory.resolve(String.valueOf(number)));
                Path to = parent.resolve(from.getName().isEmpty() ? "root" : from.getName());
                long bytes = copy(files, status, to);
                LOG.info(
                        "Cached file fetched. name={} path={} bytes={} to={}",
                        file.name(),
                        file.path(),
                        bytes,
                        to);
                return to;
            } catch (IOException e) {
                throw FileErrors.of(e, from, "fetch cached file '" + file.name() + "'");
            }
        }

        private long copy(FileSystem files, FileStatus status, Path to) throws IOException {
            if (!status.isDir()) {
                try (FSDataInputStream in = files.open(status.getPath())) {
                    long bytes =
                            Files.copy(in, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    if (file.executable() && !to.toFile().setExecutable(true)) {
                        throw new IOException(to + " could not be made executable");
                    }
                    return bytes;
                }
            }
            Files.createDirectories(to);
            long bytes = 0;
            for (FileStatus child : files.listStatus(status.getPath())) {
                bytes += copy(files, child, to.resolve(child.getPath().getName()));
            }
            return bytes;
        }
    }

    /** Removes the copies. Idempotent. */
    @Override
    public void close() {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("Copies of cached files stay behind. directory={}", directory, e);
        }
    }
}
