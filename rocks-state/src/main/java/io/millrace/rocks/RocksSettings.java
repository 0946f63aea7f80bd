package io.millrace.rocks;

import io.millrace.api.option.Config;
import java.util.OptionalLong;

/**
 * The options, resolved. Immutable.
 *
 * @param memoryBytes empty if the process is asked
 * @param writeBufferRatio of the memory
 * @param highPriorityRatio of the block cache
 * @param cacheFraction of the heap
 */
record RocksSettings(
        OptionalLong memoryBytes,
        double writeBufferRatio,
        double highPriorityRatio,
        double cacheFraction,
        int backgroundJobs,
        boolean governed) {
    static RocksSettings from(Config config) {
        return new RocksSettings(
                config.find(RocksOptions.MEMORY_SIZE)
                        .map(OptionalLong::of)
                        .orElseGet(OptionalLong::empty),
                config.get(RocksOptions.WRITE_BUFFER_RATIO),
                config.get(RocksOptions.HIGH_PRIORITY_RATIO),
                config.get(RocksOptions.CACHE_FRACTION),
                config.get(RocksOptions.BACKGROUND_JOBS),
                config.get(RocksOptions.GOVERNED));
    }
}
