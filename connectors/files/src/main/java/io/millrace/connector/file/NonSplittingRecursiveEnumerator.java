package io.millrace.connector.file;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Makes one split of each file below its paths. */
public class NonSplittingRecursiveEnumerator implements FileEnumerator {
    /** Asked about what is found in directories, not about the paths themselves. */
    protected final Predicate<Path> fileFilter;

    private long lastId;

    public NonSplittingRecursiveEnumerator() {
        this(new DefaultFileFilter());
    }

    public NonSplittingRecursiveEnumerator(Predicate<Path> fileFilter) {
        this.fileFilter = Objects.requireNonNull(fileFilter);
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits)
            throws IOException {
        ArrayList<FileSourceSplit> splits = new ArrayList<>();
        for (Path path : paths) {
            FileSystem fileSystem = path.getFileSystem();
            addSplitsForPath(fileSystem.getFileStatus(path), fileSystem, splits);
        }
        return splits;
    }

    /** A file, or a directory with all below it. */
    protected void addSplitsForPath(
            FileStatus fileStatus, FileSystem fs, ArrayList<FileSourceSplit> target)
            throws IOException {
        if (!fileStatus.isDir()) {
            convertToSourceSplits(fileStatus, fs, target);
            return;
        }
        for (FileStatus child : fs.listWithBlocks(fileStatus.getPath())) {
            if (fileFilter.test(child.getPath())) {
                addSplitsForPath(child, fs, target);
            }
        }
    }

    /** The splits of one file. */
    protected void convertToSourceSplits(
            FileStatus file, FileSystem fs, List<FileSourceSplit> target) throws IOException {
        Compression.requireKnown(file.getPath());
        target.add(
                new FileSourceSplit(
                        getNextId(),
                        file.getPath(),
                        0,
                        file.getLen(),
                        file.getModificationTime(),
                        file.getLen(),
                        hostsOf(fs.getFileBlockLocations(file, 0, file.getLen()))));
    }

    private static String[] hostsOf(BlockLocation[] blocks) throws IOException {
        Set<String> hosts = new LinkedHashSet<>();
        for (BlockLocation block : blocks) {
            hosts.addAll(List.of(block.getHosts()));
        }
        return hosts.toArray(String[]::new);
    }

    /** Unique for this enumerator. */
    protected final String getNextId() {
        lastId++;
        return String.format("%010d", lastId);
    }
}
