package io.millrace.connector.file;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the files of a source and cuts them into splits.
 *
 * @param splitBytes largest size of a split
 * @param splittable whether the format can start in the middle of a file
 */
record FileListing(List<Path> paths, long splitBytes, boolean splittable) {
    /** No split is cut smaller than this to give every subtask one. */
    private static final long MIN_SPLIT_BYTES = 1L << 20;

    /** Splits for each subtask that are aimed at, so that slow ones take fewer. */
    private static final int SPLITS_PER_SUBTASK = 2;

    /**
     * @throws MillraceException {@code PATH_NOT_FOUND} or {@code PERMISSION_DENIED}, naming the
     *     path
     */
    void check() {
        for (Path path : paths) {
            try {
                FileSystem fileSystem = path.getFileSystem();
                FileStatus status = fileSystem.getFileStatus(path);
                if (status.isDir()) {
                    fileSystem.listStatus(path);
                } else {
                    Compression.requireKnown(path);
                    fileSystem.open(path).close();
                }
            } catch (IOException e) {
                throw FileErrors.of(e, path, "read the input");
            }
        }
    }

    List<FileSourceSplit> splits(int parallelism) {
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
        long fair = total / Math.max(1L, (long) SPLITS_PER_SUBTASK * parallelism) + 1;
        long size = Math.min(splitBytes, Math.max(fair, MIN_SPLIT_BYTES));
        List<FileSourceSplit> splits = new ArrayList<>();
        for (FileStatus file : files) {
            try {
                cut(file, size, splits);
            } catch (IOException e) {
                throw FileErrors.of(e, file.getPath(), "find the blocks of the input");
            }
        }
        return splits;
    }

    private static void collect(FileSystem fileSystem, FileStatus status, List<FileStatus> into)
            throws IOException {
        if (!status.isDir()) {
            Compression.requireKnown(status.getPath());
            into.add(status);
            return;
        }
        for (FileStatus child : fileSystem.listStatus(status.getPath())) {
            if (!isHidden(child.getPath().getName())) {
                collect(fileSystem, child, into);
            }
        }
    }

    /** Files that writers have not finished, and those that tools keep for themselves. */
    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("_");
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
            into.add(
                    new FileSourceSplit(
                            String.format("%08d", into.size()),
                            file.getPath(),
                            offset,
                            length,
                            file.getLen(),
                            hostsOf(blocks, offset),
                            null));
        }
    }

    private static List<String> hostsOf(BlockLocation[] blocks, long offset) throws IOException {
        for (BlockLocation block : blocks) {
            if (offset >= block.getOffset() && offset < block.getOffset() + block.getLength()) {
                return Arrays.asList(block.getHosts());
            }
        }
        return List.of();
    }

    /** The program would read nothing: most likely a wrong path, but a legal input. */
    static MillraceException noPaths() {
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID, "a file source was given no path. Name at least one.");
    }
}
