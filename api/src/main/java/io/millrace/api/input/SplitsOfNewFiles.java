package io.millrace.api.input;

import io.millrace.api.file.FileStatus;
import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Splits of files that are new, or have changed since they were seen. Confined to its enumerator,
 * and to the thread that looks, one after the other.
 */
/* What is not listed any more is forgotten, so no more is kept than one listing has. */
final class SplitsOfNewFiles implements FormatSplits {
    private final FileInputFormat<?> format;
    private final Path[] paths;
    // Replaced as a whole by the thread that looks, read by the enumerator's.
    private volatile Map<String, Long> seen;

    SplitsOfNewFiles(FileInputFormat<?> format, Map<String, Long> seen) {
        this.format = format;
        this.paths = format.getFilePaths();
        this.seen = Map.copyOf(seen);
    }

    @Override
    public Found find(int parallelism) throws IOException {
        format.setFilePaths(paths);
        format.configure(new Configuration());
        Map<String, Long> listed = new HashMap<>();
        List<Path> fresh = new ArrayList<>();
        for (FileStatus file : format.listFiles()) {
            String path = file.getPath().toString();
            Long changedMs = file.getModificationTime();
            listed.put(path, changedMs);
            if (!Objects.equals(seen.get(path), changedMs)) {
                fresh.add(file.getPath());
            }
        }
        List<FileInputSplit> splits = new ArrayList<>();
        for (Path path : fresh) {
            format.setFilePath(path);
            splits.addAll(Arrays.asList(format.createInputSplits(parallelism)));
        }
        seen = Map.copyOf(listed);
        FileInputSplit[] all = splits.toArray(new FileInputSplit[0]);
        return new Found(all, format.getInputSplitAssigner(all));
    }

    @Override
    public Map<String, Long> seen() {
        return seen;
    }
}
