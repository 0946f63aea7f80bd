package io.millrace.batch;

import io.millrace.api.option.Config;

/**
 * How a job's batch operators run. Immutable.
 *
 * @param combineKeys keys of a combiner's table; 0 for none
 * @param reduceMemoryBytes memory of one subtask of a reduce
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
}
