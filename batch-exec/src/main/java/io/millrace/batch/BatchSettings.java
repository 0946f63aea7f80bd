package io.millrace.batch;

import io.millrace.api.option.Config;
import io.millrace.batch.sort.SortSettings;
import java.nio.file.Path;

/**
 * How a job's batch operators run. Immutable.
 *
 * @param combineKeys keys of a combiner's table; 0 for none
 * @param reduceMemoryBytes memory of one subtask of a reduce, a full partition, a sort or a join
 */
record BatchSettings(int combineKeys, long reduceMemoryBytes) {
    static BatchSettings from(Config config) {
        return new BatchSettings(
                config.get(BatchOptions.COMBINE_KEYS),
                config.find(BatchOptions.REDUCE_MEMORY)
                        .orElseGet(
                                () ->
                                        Runtime.getRuntime().maxMemory()
                                                / 4
                                                / Runtime.getRuntime().availableProcessors()));
    }

    /** Of a sort that is given a part of the memory. */
    SortSettings sorting(Path directory, long memoryBytes) {
        return SortSettings.of(
                directory,
                Math.max(SortSettings.MIN_MEMORY_BYTES, memoryBytes),
                BatchOptions.REDUCE_MEMORY.key());
    }
}
