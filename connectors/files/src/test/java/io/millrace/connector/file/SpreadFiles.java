package io.millrace.connector.file;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.FileSystemFactory;
import io.millrace.api.file.Path;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A directory of files without content whose blocks lie on hosts as the test says. */
final class SpreadFiles extends FileSystem implements FileSystemFactory {
    static final String SCHEME = "spread";

    final Map<String, List<Block>> files = new TreeMap<>();
    int looks;

    record Block(long getOffset, long getLength, String... getHosts) implements BlockLocation {}

    /** A file with blocks of so many bytes, each on these hosts. */
    void file(String name, long blockBytes, String[]... hostsByBlock) {
        List<Block> blocks = new ArrayList<>();
        for (String[] hosts : hostsByBlock) {
            blocks.add(new Block(blocks.size() * blockBytes, blockBytes, hosts));
        }
        files.put(name, blocks);
    }

    Path root() {
        return new Path(SCHEME + "://all/data");
    }

    private record Status(Path getPath, long getLen, boolean isDir) implements FileStatus {
        @Override
        public long getBlockSize() {
            return 1;
        }

        @Override
        public short getReplication() {
            return 1;
        }

        @Override
        public long getModificationTime() {
            return 0;
        }

        @Override
        public long getAccessTime() {
            return 0;
        }
    }

    @Override
    public FileStatus getFileStatus(Path path) {
        return new Status(path, 0, true);
    }

    @Override
    public FileStatus[] listStatus(Path path) {
        return files.entrySet().stream()
                .map(
                        file ->
                                new Status(
                                        new Path(path, file.getKey()),
                                        file.getValue().stream().mapToLong(Block::getLength).sum(),
                                        false))
                .toArray(FileStatus[]::new);
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long len) {
        looks++;
        return files.get(file.getPath().getName()).toArray(BlockLocation[]::new);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem create(URI fsUri) {
        return this;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + "://all");
    }

    @Override
    public boolean isDistributedFS() {
        return true;
    }

    @Override
    public Path getWorkingDirectory() {
        return root();
    }

    @Override
    public Path getHomeDirectory() {
        return root();
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) {
        throw new UnsupportedOperationException("the files have no content");
    }

    @Override
    public FSDataInputStream open(Path path) {
        throw new UnsupportedOperationException("the files have no content");
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        throw new UnsupportedOperationException("nothing changes");
    }

    @Override
    public boolean mkdirs(Path path) {
        throw new UnsupportedOperationException("nothing changes");
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode overwriteMode) {
        throw new UnsupportedOperationException("nothing changes");
    }

    @Override
    public boolean rename(Path src, Path dst) {
        throw new UnsupportedOperationException("nothing changes");
    }
}
