package io.millrace.connector.file;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Makes a split of each block of each file, where a file may be cut. */
public class BlockSplittingRecursiveEnumerator extends NonSplittingRecursiveEnumerator {
    private final List<String> nonSplittableSuffixes;

    /** Compressed files are not cut. */
    public BlockSplittingRecursiveEnumerator() {
        this(new DefaultFileFilter(), Compression.READ.toArray(String[]::new));
    }

    /**
     * @param nonSplittableFileSuffixes ends of names, without the dot, of files that are not cut
     */
    public BlockSplittingRecursiveEnumerator(
            Predicate<Path> fileFilter, String[] nonSplittableFileSuffixes) {
        super(fileFilter);
        this.nonSplittableSuffixes =
                Arrays.stream(nonSplittableFileSuffixes)
                        .map(suffix -> "." + suffix.toLowerCase(Locale.ROOT))
                        .toList();
    }

    @Override
    protected void convertToSourceSplits(
            FileStatus file, FileSystem fs, List<FileSourceSplit> target) throws IOException {
        BlockLocation[] blocks = fs.getFileBlockLocations(file, 0, file.getLen());
        if (blocks.length < 2 || !isFileSplittable(file.getPath())) {
            super.convertToSourceSplits(file, fs, target);
            return;
        }
        Arrays.sort(blocks);
        for (BlockLocation block : blocks) {
            target.add(
                    new FileSourceSplit(
                            getNextId(),
                            file.getPath(),
                            block.getOffset(),
                            block.getLength(),
                            file.getModificationTime(),
                            file.getLen(),
                            block.getHosts()));
        }
    }

    protected boolean isFileSplittable(Path filePath) {
        String name = filePath.getName().toLowerCase(Locale.ROOT);
        return nonSplittableSuffixes.stream().noneMatch(name::endsWith);
    }
}
