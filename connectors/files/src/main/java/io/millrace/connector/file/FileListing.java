package io.millrace.connector.file;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds the files of a source and cuts them into splits of about the same size: small enough for
 * each reader to get some, and not larger than a limit. The default enumerator. Confined to whoever
 * lists.
 */
/* What the last listing has found is kept: a source that watches its paths lists the same files again
 * and again, and where the blocks of a file lie is a call of the NameNode for each. */
final class FileListing implements FileEnumerator {
    /** No split is cut smaller than this to give every subtask one. */
    private static final long MIN_SPLIT_BYTES = 1L << 20;

    /** Splits for each subtask that are aimed at, so that slow ones take fewer. */
    private static final int SPLITS_PER_SUBTASK = 2;

    /**
     * With so many new files in a directory it is listed once more, with the places of its blocks.
     */
    private static final int MANY_NEW = 32;

    private static final String[] ANYWHERE = {};

    private final Predicate<Path> filter = new DefaultFileFilter();
    private final long splitBytes;
    private final boolean splittable;
    private Map<Path, Cut> before = Map.of();
    private long lastId;

    /** A file as it was listed, and its splits. */
    private record Cut(long bytes, long modifiedMs, List<FileSourceSplit> splits) {
        boolean isOf(FileStatus file) {
            return bytes == file.getLen() && modifiedMs == file.getModificationTime();
        }
    }

    /**
     * @param splitBytes largest size of a split
     * @param splittable whether the format can start in the middle of a file
     */
    FileListing(long splitBytes, boolean splittable) {
        this.splitBytes = splitBytes;
        this.splittable = splittable;
    }

    @Override
    public List<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits) {
        List<FileStatus> files = new ArrayList<>();
        for (Path path : paths) {
            try {
                collect(path.getFileSystem(), path.getFileSystem().getFileStatus(path), files);
            } catch (IOException e) {
                throw FileErrors.of(e, path, "list the input");
            }
        }
        files.sort(Comparator.comparing(FileStatus::getPath));
        long total = files.stream().mapToLong(FileStatus::getLen).sum();
        long fair = total / Math.max(1L, (long) SPLITS_PER_SUBTASK * minDesiredSplits) + 1;
        long size = Math.min(splitBytes, Math.max(fair, MIN_SPLIT_BYTES));
        List<FileSourceSplit> splits = new ArrayList<>();
        Map<Path, Cut> now = new HashMap<>();
        for (FileStatus file : files) {
            Cut cut = before.get(file.getPath());
            if (cut == null || !cut.isOf(file)) {
                cut = cut(file, size);
            }
            now.put(file.getPath(), cut);
            splits.addAll(cut.splits());
        }
        before = now;
        return splits;
    }

    private Cut cut(FileStatus file, long size) {
        List<FileSourceSplit> splits = new ArrayList<>();
        try {
            cut(file, size, splits);
        } catch (IOException e) {
            throw FileErrors.of(e, file.getPath(), "find the blocks of the input");
        }
        return new Cut(file.getLen(), file.getModificationTime(), List.copyOf(splits));
    }

    private void collect(FileSystem fileSystem, FileStatus status, List<FileStatus> into)
            throws IOException {
        if (!status.isDir()) {
            Compression.requireKnown(status.getPath());
            into.add(status);
            return;
        }
        FileStatus[] children = fileSystem.listStatus(status.getPath());
        if (newFiles(children) >= MANY_NEW) {
            children = fileSystem.listWithBlocks(status.getPath());
        }
        for (FileStatus child : children) {
            if (filter.test(child.getPath())) {
                collect(fileSystem, child, into);
            }
        }
    }

    private int newFiles(FileStatus[] children) {
        int found = 0;
        for (FileStatus child : children) {
            Cut cut = before.get(child.getPath());
            if (!child.isDir() && child.getLen() > 0 && (cut == null || !cut.isOf(child))) {
                found++;
            }
        }
        return found;
    }

    private void cut(FileStatus file, long size, List<FileSourceSplit> into) throws IOException {
        if (file.getLen() == 0) {
            return;
        }
        boolean whole = !splittable || Compression.isCompressed(file.getPath());
        long step = whole ? file.getLen() : size;
        BlockLocation[] blocks =
                file.getPath().getFileSystem().getFileBlockLocations(file, 0, file.getLen());
        for (long offset = 0; offset < file.getLen(); offset += step) {
            long length = Math.min(step, file.getLen() - offset);
            lastId++;
            into.add(
                    new FileSourceSplit(
                            String.format("%010d", lastId),
                            file.getPath(),
                            offset,
                            length,
                            file.getModificationTime(),
                            file.getLen(),
                            hostsOf(blocks, offset, length)));
        }
    }

    /** Of the block that has the most bytes of a split; of an earlier one of equals. */
    static String[] hostsOf(BlockLocation[] blocks, long offset, long length) throws IOException {
        String[] hosts = ANYWHERE;
        long most = 0;
        for (BlockLocation block : blocks) {
            long from = Math.max(offset, block.getOffset());
            long to = Math.min(offset + length, block.getOffset() + block.getLength());
            if (to - from > most) {
                most = to - from;
                hosts = Arrays.copyOf(block.getHosts(), block.getHosts().length);
            }
        }
        return hosts;
    }
}
