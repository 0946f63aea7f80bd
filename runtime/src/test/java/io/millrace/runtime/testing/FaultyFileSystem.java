package io.millrace.runtime.testing;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.net.URI;

/** A file system whose operations fail when a test wants it. As thread-safe as its faults. */
public final class FaultyFileSystem extends FileSystem {
    private final FileSystem files;
    private final URI uri;
    private final boolean distributed;
    private volatile Faults faults = new Faults() {}; // set by a test, read by every thread

    public FaultyFileSystem(FileSystem files) {
        this(files, files.getUri(), files.isDistributedFS());
    }

    /**
     * One that passes for another.
     *
     * @param uri scheme and authority under which paths name it
     * @param distributed whether all machines see its files
     */
    public FaultyFileSystem(FileSystem files, URI uri, boolean distributed) {
        this.files = files;
        this.uri = uri;
        this.distributed = distributed;
    }

    public void set(Faults faults) {
        this.faults = faults;
    }

    /** What an operation does. */
    public enum Operation {
        LOOK,
        OPEN,
        LIST,
        DELETE,
        MAKE_DIRECTORY,
        CREATE,
        WRITE,
        CLOSE,
        RENAME
    }

    /** Throws where an operation is to fail. */
    public interface Faults {
        /** Nothing has been done yet. */
        default void before(Operation operation, Path path) throws IOException {}

        /** All has been done, the answer is on its way. */
        default void after(Operation operation, Path path) throws IOException {}
    }

    /** Something that may fail. */
    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T call(Operation operation, Path path, Call<T> call) throws IOException {
        faults.before(operation, path);
        T answer = call.run();
        faults.after(operation, path);
        return answer;
    }

    @Override
    public Path getWorkingDirectory() {
        return files.getWorkingDirectory();
    }

    @Override
    public Path getHomeDirectory() {
        return files.getHomeDirectory();
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return call(Operation.LOOK, path, () -> files.getFileStatus(path));
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long len)
            throws IOException {
        return files.getFileBlockLocations(file, start, len);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(path);
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        return call(Operation.OPEN, path, () -> files.open(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return call(Operation.LIST, path, () -> files.listStatus(path));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return call(Operation.DELETE, path, () -> files.delete(path, recursive));
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return call(Operation.MAKE_DIRECTORY, path, () -> files.mkdirs(path));
    }

    @Override
    public void requireWritable(Path directory) throws IOException {
        files.requireWritable(directory);
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode overwriteMode) throws IOException {
        return call(Operation.CREATE, path, () -> new Out(files.create(path, overwriteMode), path));
    }

    @Override
    public FSDataOutputStream createDurable(Path path) throws IOException {
        return call(Operation.CREATE, path, () -> new Out(files.createDurable(path), path));
    }

    @Override
    public boolean rename(Path src, Path dst) throws IOException {
        return call(Operation.RENAME, src, () -> files.rename(src, dst));
    }

    @Override
    public boolean isDistributedFS() {
        return distributed;
    }

    private final class Out extends FSDataOutputStream {
        private final FSDataOutputStream out;
        private final Path path;

        Out(FSDataOutputStream out, Path path) {
            this.out = out;
            this.path = path;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            call(
                    Operation.WRITE,
                    path,
                    () -> {
                        out.write(bytes, offset, length);
                        return null;
                    });
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void sync() throws IOException {
            out.sync();
        }

        @Override
        public void close() throws IOException {
            try {
                faults.before(Operation.CLOSE, path);
            } catch (IOException e) {
                try (out) {
                    throw e;
                }
            }
            out.close();
            faults.after(Operation.CLOSE, path);
        }
    }
}
