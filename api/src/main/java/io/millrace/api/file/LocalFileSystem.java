package io.millrace.api.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of this machine. Thread-safe. */
public class LocalFileSystem extends FileSystem {
    static final LocalFileSystem INSTANCE = new LocalFileSystem();

    private static final URI LOCAL_URI = URI.create("file:///");

    /** There are no blocks on a local disk; splits are cut as if there were. */
    private static final long BLOCK_SIZE_BYTES = 64L << 20;

    public static LocalFileSystem getSharedInstance() {
        return INSTANCE;
    }

    static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.getPath().isEmpty() ? "." : path.getPath())
                .toAbsolutePath();
    }

    @Override
    public Path getWorkingDirectory() {
        return of(java.nio.file.Path.of("").toAbsolutePath());
    }

    @Override
    public Path getHomeDirectory() {
        return of(java.nio.file.Path.of(System.getProperty("user.home")));
    }

    private static Path of(java.nio.file.Path path) {
        return new Path("file", null, path.toString());
    }

    @Override
    public URI getUri() {
        return LOCAL_URI;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return statusOf(local(path));
    }

    private static LocalFileStatus statusOf(java.nio.file.Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new LocalFileStatus(
                    of(file),
                    attributes.isDirectory(),
                    attributes.isDirectory() ? 0 : attributes.size(),
                    attributes.lastModifiedTime().toMillis(),
                    attributes.lastAccessTime().toMillis());
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        }
    }

    private static FileNotFoundException missing(java.nio.file.Path file, IOException cause) {
        FileNotFoundException missing = new FileNotFoundException(file + " does not exist");
        missing.initCause(cause);
        return missing;
    }

    /** None: a local file is as near to one reader as to the next. */
    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long len) {
        return new BlockLocation[0];
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(path);
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        java.nio.file.Path file = local(path);
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory, not a file");
        }
        try {
            return new LocalInputStream(FileChannel.open(file, StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        }
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        java.nio.file.Path file = local(path);
        LocalFileStatus status = statusOf(file);
        if (!status.isDir()) {
            return new FileStatus[] {status};
        }
        List<FileStatus> found = new ArrayList<>();
        try (Stream<java.nio.file.Path> children = Files.list(file)) {
            for (java.nio.file.Path child : (Iterable<java.nio.file.Path>) children::iterator) {
                try {
                    found.add(statusOf(child));
                } catch (FileNotFoundException goneSince) {
                    // Deleted between the listing and the question: as if it had not been listed.
                    continue;
                }
            }
        }
        return found.toArray(new FileStatus[0]);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        java.nio.file.Path file = local(path);
        if (!recursive || !Files.isDirectory(file)) {
            try {
                return Files.deleteIfExists(file);
            } catch (DirectoryNotEmptyException e) {
                throw new IOException(file + " is a directory that is not empty", e);
            }
        }
        try (Stream<java.nio.file.Path> tree = Files.walk(file)) {
            for (java.nio.file.Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException e) {
            // Who else deletes in the tree has done our work; all else is an error as any other.
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e.getCause();
            }
            return delete(path, true);
        }
        return true;
    }

    @Override
    public void requireWritable(Path directory) throws IOException {
        java.nio.file.Path file = local(directory);
        if (!Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString(), null, "not writable");
        }
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        Files.createDirectories(local(path));
        return true;
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode overwriteMode) throws IOException {
        java.nio.file.Path file = local(path);
        Files.createDirectories(file.getParent());
        FileChannel channel =
                overwriteMode == WriteMode.OVERWRITE
                        ? FileChannel.open(
                                file,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING)
                        : FileChannel.open(
                                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        return new LocalOutputStream(channel);
    }

    /** The entry in its directory is synced too: without it the file could be gone. */
    @Override
    public FSDataOutputStream createDurable(Path path) throws IOException {
        java.nio.file.Path directory = local(path).getParent();
        return new SyncedOutputStream(create(path, WriteMode.NO_OVERWRITE)) {
            @Override
            public void close() throws IOException {
                super.close();
                try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                    entries.force(true);
                }
            }
        };
    }

    @Override
    public boolean rename(Path src, Path dst) throws IOException {
        java.nio.file.Path target = local(dst);
        if (Files.exists(target)) {
            return false;
        }
        if (!Files.isDirectory(target.getParent())) {
            throw missing(target.getParent(), null);
        }
        try {
            Files.move(local(src), target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public boolean isDistributedFS() {
        return false;
    }

    /** What the local file system knows of a file. */
    record LocalFileStatus(
            Path path, boolean dir, long lengthBytes, long modifiedMs, long accessedMs)
            implements FileStatus {
        @Override
        public long getLen() {
            return lengthBytes;
        }

        @Override
        public long getBlockSize() {
            return BLOCK_SIZE_BYTES;
        }

        @Override
        public short getReplication() {
            return 1;
        }

        @Override
        public long getModificationTime() {
            return modifiedMs;
        }

        @Override
        public long getAccessTime() {
            return accessedMs;
        }

        @Override
        public boolean isDir() {
            return dir;
        }

        @Override
        public Path getPath() {
            return path;
        }
    }
}
