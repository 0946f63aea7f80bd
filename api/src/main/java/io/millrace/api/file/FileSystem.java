package io.millrace.api.file;

import io.millrace.api.error.MillraceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;

/**
 * Reads and writes files of one scheme and authority. Thread-safe.
 *
 * <p>Errors that a user can mend have the classes of the JDK in every implementation: {@link
 * FileNotFoundException} or {@link java.nio.file.NoSuchFileException}, {@link
 * java.nio.file.AccessDeniedException}, {@link java.nio.file.FileAlreadyExistsException}. {@link
 * FileErrors} makes coded errors of them.
 */
public abstract class FileSystem {
    /** What to do if a file to be created exists. */
    public enum WriteMode {
        /** Fail with {@link java.nio.file.FileAlreadyExistsException}. */
        NO_OVERWRITE,
        OVERWRITE
    }

    /**
     * The file system of a path. Without a scheme, the default one of this process: the cluster's
     * on a cluster, the local one elsewhere.
     *
     * @throws MillraceException {@code FILE_SYSTEM_UNKNOWN} if nobody knows the scheme
     */
    public static FileSystem get(URI uri) throws IOException {
        return FileSystemRegistry.get(uri);
    }

    public static FileSystem getLocalFileSystem() {
        return LocalFileSystem.INSTANCE;
    }

    /** What a path without a scheme is resolved against. */
    public static URI getDefaultFsUri() {
        return FileSystemRegistry.defaultUri();
    }

    /**
     * Sets what file systems this process knows, besides the local one and those that are found as
     * services. Called once by a process's assembly, before user code runs.
     *
     * @param defaultUri of paths without a scheme
     */
    public static void install(Collection<? extends FileSystemFactory> factories, URI defaultUri) {
        FileSystemRegistry.install(factories, defaultUri);
    }

    public abstract Path getWorkingDirectory();

    public abstract Path getHomeDirectory();

    /** Scheme and authority. */
    public abstract URI getUri();

    /**
     * @throws FileNotFoundException if there is nothing
     */
    public abstract FileStatus getFileStatus(Path path) throws IOException;

    /** Where the bytes of a part of a file lie, by offset; empty if it is everywhere the same. */
    public abstract BlockLocation[] getFileBlockLocations(FileStatus file, long start, long len)
            throws IOException;

    /**
     * @param bufferSize bytes; a hint
     */
    public abstract FSDataInputStream open(Path path, int bufferSize) throws IOException;

    public abstract FSDataInputStream open(Path path) throws IOException;

    /** The files and directories in a directory, in no order; the file itself if it is a file. */
    public abstract FileStatus[] listStatus(Path path) throws IOException;

    /**
     * As {@link #listStatus}, for callers that go on to ask for the blocks of many of the files:
     * where the file system can tell both at once, {@link #getFileBlockLocations} of what this
     * returns asks nobody.
     */
    public FileStatus[] listWithBlocks(Path path) throws IOException {
        return listStatus(path);
    }

    public boolean exists(Path path) throws IOException {
        try {
            getFileStatus(path);
            return true;
        } catch (FileNotFoundException | java.nio.file.NoSuchFileException e) {
            return false;
        }
    }

    /**
     * @param recursive also directories that are not empty
     * @return false if there was nothing
     */
    public abstract boolean delete(Path path, boolean recursive) throws IOException;

    /** Makes a directory and those above; true also if it was there. */
    public abstract boolean mkdirs(Path path) throws IOException;

    /**
     * Checks that this process may create files in a directory that exists. Does nothing where that
     * cannot be told without trying.
     *
     * @throws java.nio.file.AccessDeniedException if it may not
     */
    public void requireWritable(Path directory) throws IOException {}

    /** Makes missing directories above too. */
    public abstract FSDataOutputStream create(Path path, WriteMode overwriteMode)
            throws IOException;

    /**
     * Creates a file whose bytes survive the loss of this process and machine once its stream has
     * been closed; before that nothing is promised. Makes missing directories above too.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it exists
     */
    public FSDataOutputStream createDurable(Path path) throws IOException {
        return new SyncedOutputStream(create(path, WriteMode.NO_OVERWRITE));
    }

    /**
     * Renames within this file system, in one step that others see all or nothing of.
     *
     * @return false if nothing was renamed, as when {@code src} is missing or {@code dst} exists
     */
    public abstract boolean rename(Path src, Path dst) throws IOException;

    /** Whether every process of a job sees the same files. */
    public abstract boolean isDistributedFS();
}
