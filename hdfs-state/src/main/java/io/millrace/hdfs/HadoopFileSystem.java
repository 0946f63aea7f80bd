package io.millrace.hdfs;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** A file system of Hadoop behind the API's door. Thread-safe. */
final class HadoopFileSystem extends FileSystem {
    private final org.apache.hadoop.fs.FileSystem files;
    private final DurableFiles durable; // null but on HDFS

    /**
     * @param files stays open: Hadoop shares it within the process
     */
    HadoopFileSystem(org.apache.hadoop.fs.FileSystem files) {
        this.files = files;
        this.durable = files instanceof DistributedFileSystem hdfs ? new DurableFiles(hdfs) : null;
    }

    @Override
    public Path getWorkingDirectory() {
        return path(files.getWorkingDirectory());
    }

    @Override
    public Path getHomeDirectory() {
        return path(files.getHomeDirectory());
    }

    @Override
    public URI getUri() {
        return files.getUri();
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return HadoopCalls.call(
                "look at", path, () -> new Status(files.getFileStatus(hadoop(path))));
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long len)
            throws IOException {
        if (file.isDir()) {
            return new BlockLocation[0];
        }
        if (file instanceof Status listed && listed.status() instanceof LocatedFileStatus located) {
            return Arrays.stream(located.getBlockLocations())
                    .filter(block -> overlaps(block, start, len))
                    .map(Block::new)
                    .sorted()
                    .toArray(BlockLocation[]::new);
        }
        return HadoopCalls.call(
                "locate the blocks of",
                file.getPath(),
                () ->
                        Arrays.stream(
                                        files.getFileBlockLocations(
                                                hadoop(file.getPath()), start, len))
                                .map(Block::new)
                                .sorted()
                                .toArray(BlockLocation[]::new));
    }

    private static boolean overlaps(
            org.apache.hadoop.fs.BlockLocation block, long start, long len) {
        return block.getOffset() < start + len && block.getOffset() + block.getLength() > start;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return HadoopCalls.call(
                "read",
                path,
                () -> new HadoopInputStream(files.open(hadoop(path), bufferSize), path));
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        return HadoopCalls.call(
                "read", path, () -> new HadoopInputStream(files.open(hadoop(path)), path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return HadoopCalls.call(
                "list",
                path,
                () ->
                        Arrays.stream(files.listStatus(hadoop(path)))
                                .map(Status::new)
                                .toArray(FileStatus[]::new));
    }

    /** On HDFS one call for hundreds of files, where their blocks would be one call each. */
    @Override
    public FileStatus[] listWithBlocks(Path path) throws IOException {
        if (!(files instanceof DistributedFileSystem)) {
            return listStatus(path);
        }
        return HadoopCalls.call(
                "list",
                path,
                () -> {
                    List<FileStatus> found = new ArrayList<>();
                    RemoteIterator<LocatedFileStatus> each = files.listLocatedStatus(hadoop(path));
                    while (each.hasNext()) {
                        found.add(new Status(each.next()));
                    }
                    return found.toArray(FileStatus[]::new);
                });
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return HadoopCalls.call("delete", path, () -> files.delete(hadoop(path), recursive));
    }

    @Override
    public void requireWritable(Path directory) throws IOException {
        HadoopCalls.call(
                "write to",
                directory,
                () -> {
                    files.access(hadoop(directory), FsAction.WRITE_EXECUTE);
                    return null;
                });
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return HadoopCalls.call("make", path, () -> files.mkdirs(hadoop(path)));
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode overwriteMode) throws IOException {
        return HadoopCalls.call(
                "write",
                path,
                () ->
                        new HadoopOutputStream(
                                files.create(hadoop(path), overwriteMode == WriteMode.OVERWRITE),
                                path));
    }

    /**
     * On HDFS the DataNodes sync each block when it is complete. That costs the NameNode nothing,
     * while a sync of the stream is a call more for each block.
     */
    @Override
    public FSDataOutputStream createDurable(Path path) throws IOException {
        if (durable == null) {
            return super.createDurable(path);
        }
        return HadoopCalls.call(
                "write", path, () -> new HadoopOutputStream(durable.create(hadoop(path)), path));
    }

    /**
     * HDFS decides in one step. Elsewhere the look at {@code dst} comes before the rename, and of
     * two writers that race, the file system's own rule picks the winner.
     */
    @Override
    public boolean rename(Path src, Path dst) throws IOException {
        return HadoopCalls.call(
                "rename",
                src,
                () -> {
                    try {
                        if (files instanceof DistributedFileSystem hdfs) {
                            hdfs.rename(hadoop(src), hadoop(dst), Options.Rename.NONE);
                            return true;
                        }
                        return !files.exists(hadoop(dst)) && files.rename(hadoop(src), hadoop(dst));
                    } catch (FileNotFoundException
                            | org.apache.hadoop.fs.FileAlreadyExistsException e) {
                        return false;
                    }
                });
    }

    @Override
    public boolean isDistributedFS() {
        return !files.getUri().getScheme().equals("file");
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }

    private static Path path(org.apache.hadoop.fs.Path path) {
        return new Path(path.toUri());
    }

    /** Immutable. */
    private record Status(org.apache.hadoop.fs.FileStatus status) implements FileStatus {
        @Override
        public long getLen() {
            return status.getLen();
        }

        @Override
        public long getBlockSize() {
            return status.getBlockSize();
        }

        @Override
        public short getReplication() {
            return status.getReplication();
        }

        @Override
        public long getModificationTime() {
            return status.getModificationTime();
        }

        @Override
        public long getAccessTime() {
            return status.getAccessTime();
        }

        @Override
        public boolean isDir() {
            return status.isDirectory();
        }

        @Override
        public Path getPath() {
            return path(status.getPath());
        }
    }

    /** Immutable. */
    private record Block(org.apache.hadoop.fs.BlockLocation block) implements BlockLocation {
        @Override
        public String[] getHosts() throws IOException {
            return block.getHosts();
        }

        @Override
        public long getOffset() {
            return block.getOffset();
        }

        @Override
        public long getLength() {
            return block.getLength();
        }
    }
}
