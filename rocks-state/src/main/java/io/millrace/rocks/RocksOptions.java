package io.millrace.rocks;

import io.millrace.api.option.Option;
import java.util.List;

/** Options of the back end {@code rocksdb}. Only this package reads them. */
final class RocksOptions {
    static final Option<Long> MEMORY_SIZE =
            Option.size("state.backend.rocksdb.memory.fixed-per-tm")
                    .between(8L << 20, 1L << 42)
                    .describe(
                            "Memory outside of the heap that RocksDB has in a process, for blocks"
                                    + " and write buffers of all its databases. Without it, what"
                                    + " the container was divided into for that; in a process that"
                                    + " was not divided, a fifth of what is there beside the"
                                    + " heap, between 64 MB and 1 GB.");

    static final Option<Double> WRITE_BUFFER_RATIO =
            Option.decimal("state.backend.rocksdb.memory.write-buffer-ratio")
                    .defaultTo(0.4)
                    .between(0.05, 0.9)
                    .describe(
                            "The part of RocksDB's memory that write buffers may take; the rest"
                                    + " caches blocks.");

    static final Option<Double> HIGH_PRIORITY_RATIO =
            Option.decimal("state.backend.rocksdb.memory.high-prio-pool-ratio")
                    .defaultTo(0.2)
                    .between(0.0, 0.9)
                    .describe(
                            "The part of the block cache that is kept for indexes and filters of"
                                    + " the files.");

    static final Option<Double> CACHE_FRACTION =
            Option.decimal("state.backend.rocksdb.object-cache.heap-fraction")
                    .defaultTo(0.25)
                    .between(0.01, 0.7)
                    .describe(
                            "The part of a process's heap that caches of objects in front of"
                                    + " RocksDB may take together, as estimated from the sizes of"
                                    + " what they hold. More of it makes hot keys cheaper.");

    static final Option<Integer> BACKGROUND_JOBS =
            Option.integer("state.backend.rocksdb.background-jobs")
                    .defaultTo(2)
                    .between(1, 64)
                    .describe("Threads of a process that write buffers to files and merge files.");

    static final Option<Boolean> GOVERNED =
            Option.bool("state.backend.rocksdb.memory.governor")
                    .defaultTo(true)
                    .describe(
                            "Whether a process that comes near to its container's limit gives up"
                                    + " caches, and then slows its tasks, rather than be killed.");

    static final List<Option<?>> ALL =
            List.of(
                    MEMORY_SIZE,
                    WRITE_BUFFER_RATIO,
                    HIGH_PRIORITY_RATIO,
                    CACHE_FRACTION,
                    BACKGROUND_JOBS,
                    GOVERNED);

    private RocksOptions() {}
}
