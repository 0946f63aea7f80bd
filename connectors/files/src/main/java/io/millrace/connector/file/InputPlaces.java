package io.millrace.connector.file;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** On which hosts the input lies, judged by a part of it. Reads only. */
/* The listing of everything is the enumerator's, later. Here a few directories and the blocks of a few
 * files, the largest ones found, are looked at: a hundred calls of the NameNode at most. */
final class InputPlaces {
    private static final int MAX_DIRECTORIES = 32;
    private static final int MAX_FILES = 64;

    private InputPlaces() {}

    /** Empty if no file system of these tells. */
    static Map<String, Long> bytesByHost(Path... paths) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        ArrayDeque<FileStatus> directories = new ArrayDeque<>();
        for (Path path : paths) {
            FileSystem fileSystem = path.getFileSystem();
            if (fileSystem.isDistributedFS()) {
                FileStatus status = fileSystem.getFileStatus(path);
                (status.isDir() ? directories : files).add(status);
            }
        }
        DefaultFileFilter filter = new DefaultFileFilter();
        for (int i = 0; i < MAX_DIRECTORIES && !directories.isEmpty(); i++) {
            Path directory = directories.remove().getPath();
            for (FileStatus child : directory.getFileSystem().listStatus(directory)) {
                if (filter.test(child.getPath())) {
                    (child.isDir() ? directories : files).add(child);
                }
            }
        }
        files.sort(Comparator.comparingLong(FileStatus::getLen).reversed());
        Map<String, Long> bytes = new HashMap<>();
        for (FileStatus file : files.subList(0, Math.min(MAX_FILES, files.size()))) {
            for (BlockLocation block :
                    file.getPath().getFileSystem().getFileBlockLocations(file, 0, file.getLen())) {
                for (String host : block.getHosts()) {
                    bytes.merge(host, block.getLength(), Long::sum);
                }
            }
        }
        return bytes;
    }
}
