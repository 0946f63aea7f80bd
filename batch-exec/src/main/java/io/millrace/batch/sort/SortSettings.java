package io.millrace.batch.sort;

import io.millrace.runtime.compress.BlockCompression;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * How a sorter works. Immutable.
 *
 * @param directory for spilled runs; made if it is not there, and removed if it is empty then
 * @param memoryBytes for records, index and blocks of files together
 * @param memoryOption the option that sets them, as an error names it
 * @param compression of spilled runs
 * @param partitions 1, or so many, whose number comes before the key
 * @param background where runs are written and read ahead, from 4 MiB of memory on; null to do it
 *     in between, without a second thread
 */
public record SortSettings(
        Path directory,
        long memoryBytes,
        String memoryOption,
        BlockCompression compression,
        int partitions,
        Executor background) {

    /** The least that a sorter works with. */
    public static final long MIN_MEMORY_BYTES = 64 * 1024;

    private static final long TWO_THREADS_FROM_BYTES = 4L * 1024 * 1024;

    public SortSettings {
        Objects.requireNonNull(directory);
        Objects.requireNonNull(compression);
        if (memoryBytes < MIN_MEMORY_BYTES || partitions < 1) {
            throw new IllegalArgumentException(memoryBytes + " bytes, " + partitions);
        }
    }

    /** Whether memory is enough to let a second thread write and read ahead. */
    boolean twoThreads() {
        return background != null && memoryBytes >= TWO_THREADS_FROM_BYTES;
    }

    /** LZ4, no partitions, no second thread. */
    public static SortSettings of(Path directory, long memoryBytes, String memoryOption) {
        return new SortSettings(
                directory, memoryBytes, memoryOption, BlockCompression.LZ4, 1, null);
    }

    public SortSettings compressed(BlockCompression other) {
        return new SortSettings(
                directory, memoryBytes, memoryOption, other, partitions, background);
    }

    public SortSettings partitioned(int count) {
        return new SortSettings(
                directory, memoryBytes, memoryOption, compression, count, background);
    }

    public SortSettings background(Executor executor) {
        return new SortSettings(
                directory, memoryBytes, memoryOption, compression, partitions, executor);
    }
}
