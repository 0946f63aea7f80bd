package io.millrace.api.backend;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.ConfigOptions;
import io.millrace.api.option.MemorySize;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Tuning of RocksDB, as keys for a configuration. As with {@link RocksDBOptions}, those that the
 * state back end does not read are kept and have no effect.
 */
public class RocksDBConfigurableOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final ConfigOption<Integer> MAX_BACKGROUND_THREADS = integer("thread.num", 2);

    public static final ConfigOption<Integer> MAX_OPEN_FILES = integer("files.open", -1);

    public static final ConfigOption<MemorySize> LOG_MAX_FILE_SIZE =
            memory("log.max-file-size", "25 mb");

    public static final ConfigOption<Integer> LOG_FILE_NUM = integer("log.file-num", 4);

    public static final ConfigOption<String> LOG_DIR =
            ConfigOptions.key("state.backend.rocksdb.log.dir").stringType().noDefaultValue();

    /** The name of one of RocksDB's levels. */
    public static final ConfigOption<String> LOG_LEVEL =
            ConfigOptions.key("state.backend.rocksdb.log.level")
                    .stringType()
                    .defaultValue("INFO_LEVEL");

    /** The name of one of RocksDB's styles. */
    public static final ConfigOption<String> COMPACTION_STYLE =
            ConfigOptions.key("state.backend.rocksdb.compaction.style")
                    .stringType()
                    .defaultValue("LEVEL");

    public static final ConfigOption<Boolean> USE_DYNAMIC_LEVEL_SIZE =
            bool("compaction.level.use-dynamic-size");

    /** Names of RocksDB's compressions, from the first level on. */
    public static final ConfigOption<List<String>> COMPRESSION_PER_LEVEL =
            ConfigOptions.key("state.backend.rocksdb.compression.per.level")
                    .stringType()
                    .asList()
                    .defaultValues("SNAPPY_COMPRESSION");

    public static final ConfigOption<MemorySize> TARGET_FILE_SIZE_BASE =
            memory("compaction.level.target-file-size-base", "64 mb");

    public static final ConfigOption<MemorySize> MAX_SIZE_LEVEL_BASE =
            memory("compaction.level.max-size-level-base", "256 mb");

    public static final ConfigOption<MemorySize> WRITE_BUFFER_SIZE =
            memory("writebuffer.size", "64 mb");

    public static final ConfigOption<Integer> MAX_WRITE_BUFFER_NUMBER =
            integer("writebuffer.count", 2);

    public static final ConfigOption<Integer> MIN_WRITE_BUFFER_NUMBER_TO_MERGE =
            integer("writebuffer.number-to-merge", 1);

    public static final ConfigOption<MemorySize> BLOCK_SIZE = memory("block.blocksize", "4 kb");

    public static final ConfigOption<MemorySize> METADATA_BLOCK_SIZE =
            memory("block.metadata-blocksize", "4 kb");

    public static final ConfigOption<MemorySize> BLOCK_CACHE_SIZE =
            memory("block.cache-size", "8 mb");

    public static final ConfigOption<MemorySize> WRITE_BATCH_SIZE =
            memory("write-batch-size", "2 mb");

    public static final ConfigOption<Boolean> USE_BLOOM_FILTER = bool("use-bloom-filter");

    public static final ConfigOption<Double> BLOOM_FILTER_BITS_PER_KEY =
            ConfigOptions.key("state.backend.rocksdb.bloom-filter.bits-per-key")
                    .doubleType()
                    .defaultValue(10.0);

    public static final ConfigOption<Boolean> BLOOM_FILTER_BLOCK_BASED_MODE =
            bool("bloom-filter.block-based-mode");

    public static final ConfigOption<Double> RESTORE_OVERLAP_FRACTION_THRESHOLD =
            ConfigOptions.key("state.backend.rocksdb.restore-overlap-fraction-threshold")
                    .doubleType()
                    .defaultValue(0.0);

    public static final ConfigOption<Boolean> USE_INGEST_DB_RESTORE_MODE =
            bool("use-ingest-db-restore-mode");

    public static final ConfigOption<Boolean> INCREMENTAL_RESTORE_ASYNC_COMPACT_AFTER_RESCALE =
            bool("incremental-restore-async-compact-after-rescale");

    public static final ConfigOption<Boolean> USE_DELETE_FILES_IN_RANGE_DURING_RESCALING =
            bool("rescaling.use-delete-files-in-range");

    public static final ConfigOption<Long> COMPACT_FILTER_QUERY_TIME_AFTER_NUM_ENTRIES =
            ConfigOptions.key(
                            "state.backend.rocksdb.compaction.filter.query-time-after-num-entries")
                    .longType()
                    .defaultValue(1_000L);

    public static final ConfigOption<Duration> COMPACT_FILTER_PERIODIC_COMPACTION_TIME =
            ConfigOptions.key("state.backend.rocksdb.compaction.filter.periodic-compaction-time")
                    .durationType()
                    .defaultValue(Duration.ofDays(30));

    private static ConfigOption<Integer> integer(String name, int defaultValue) {
        return ConfigOptions.key("state.backend.rocksdb." + name)
                .intType()
                .defaultValue(defaultValue);
    }

    private static ConfigOption<Boolean> bool(String name) {
        return ConfigOptions.key("state.backend.rocksdb." + name).booleanType().defaultValue(false);
    }

    private static ConfigOption<MemorySize> memory(String name, String defaultValue) {
        return ConfigOptions.key("state.backend.rocksdb." + name)
                .memoryType()
                .defaultValue(MemorySize.parse(defaultValue));
    }
}
