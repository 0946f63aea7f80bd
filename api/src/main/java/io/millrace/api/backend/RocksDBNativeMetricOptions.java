package io.millrace.api.backend;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.ConfigOptions;
import java.io.Serializable;

/**
 * Which of RocksDB's own counters are metrics, as keys for a configuration. They are kept and have
 * no effect: RocksDB's own counters are no metrics here.
 */
public class RocksDBNativeMetricOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final String METRICS_COLUMN_FAMILY_AS_VARIABLE_KEY =
            "state.backend.rocksdb.metrics.column-family-as-variable";

    public static final ConfigOption<Boolean> MONITOR_NUM_IMMUTABLE_MEM_TABLES =
            metric("num-immutable-mem-table");

    public static final ConfigOption<Boolean> MONITOR_MEM_TABLE_FLUSH_PENDING =
            metric("mem-table-flush-pending");

    public static final ConfigOption<Boolean> TRACK_COMPACTION_PENDING =
            metric("compaction-pending");

    public static final ConfigOption<Boolean> MONITOR_BACKGROUND_ERRORS =
            metric("background-errors");

    public static final ConfigOption<Boolean> MONITOR_CUR_SIZE_ACTIVE_MEM_TABLE =
            metric("cur-size-active-mem-table");

    public static final ConfigOption<Boolean> MONITOR_CUR_SIZE_ALL_MEM_TABLE =
            metric("cur-size-all-mem-tables");

    public static final ConfigOption<Boolean> MONITOR_SIZE_ALL_MEM_TABLES =
            metric("size-all-mem-tables");

    public static final ConfigOption<Boolean> MONITOR_NUM_ENTRIES_ACTIVE_MEM_TABLE =
            metric("num-entries-active-mem-table");

    public static final ConfigOption<Boolean> MONITOR_NUM_ENTRIES_IMM_MEM_TABLES =
            metric("num-entries-imm-mem-tables");

    public static final ConfigOption<Boolean> MONITOR_NUM_DELETES_ACTIVE_MEM_TABLE =
            metric("num-deletes-active-mem-table");

    public static final ConfigOption<Boolean> MONITOR_NUM_DELETES_IMM_MEM_TABLE =
            metric("num-deletes-imm-mem-tables");

    public static final ConfigOption<Boolean> ESTIMATE_NUM_KEYS = metric("estimate-num-keys");

    public static final ConfigOption<Boolean> ESTIMATE_TABLE_READERS_MEM =
            metric("estimate-table-readers-mem");

    public static final ConfigOption<Boolean> MONITOR_NUM_SNAPSHOTS = metric("num-snapshots");

    public static final ConfigOption<Boolean> MONITOR_NUM_LIVE_VERSIONS =
            metric("num-live-versions");

    public static final ConfigOption<Boolean> ESTIMATE_LIVE_DATA_SIZE =
            metric("estimate-live-data-size");

    public static final ConfigOption<Boolean> MONITOR_TOTAL_SST_FILES_SIZE =
            metric("total-sst-files-size");

    public static final ConfigOption<Boolean> MONITOR_LIVE_SST_FILES_SIZE =
            metric("live-sst-files-size");

    public static final ConfigOption<Boolean> ESTIMATE_PENDING_COMPACTION_BYTES =
            metric("estimate-pending-compaction-bytes");

    public static final ConfigOption<Boolean> MONITOR_NUM_RUNNING_COMPACTIONS =
            metric("num-running-compactions");

    public static final ConfigOption<Boolean> MONITOR_NUM_RUNNING_FLUSHES =
            metric("num-running-flushes");

    public static final ConfigOption<Boolean> MONITOR_ACTUAL_DELAYED_WRITE_RATE =
            metric("actual-delayed-write-rate");

    public static final ConfigOption<Boolean> IS_WRITE_STOPPED = metric("is-write-stopped");

    public static final ConfigOption<Boolean> BLOCK_CACHE_CAPACITY = metric("block-cache-capacity");

    public static final ConfigOption<Boolean> BLOCK_CACHE_USAGE = metric("block-cache-usage");

    public static final ConfigOption<Boolean> BLOCK_CACHE_PINNED_USAGE =
            metric("block-cache-pinned-usage");

    public static final ConfigOption<Boolean> COLUMN_FAMILY_AS_VARIABLE =
            metric("column-family-as-variable");

    public static final ConfigOption<Boolean> MONITOR_NUM_FILES_AT_LEVEL =
            metric("num-files-at-level");

    public static final ConfigOption<Boolean> MONITOR_BLOCK_CACHE_HIT = metric("block-cache-hit");

    public static final ConfigOption<Boolean> MONITOR_BLOCK_CACHE_MISS = metric("block-cache-miss");

    public static final ConfigOption<Boolean> MONITOR_BLOOM_FILTER_USEFUL =
            metric("bloom-filter-useful");

    public static final ConfigOption<Boolean> MONITOR_BLOOM_FILTER_FULL_POSITIVE =
            metric("bloom-filter-full-positive");

    public static final ConfigOption<Boolean> MONITOR_BLOOM_FILTER_FULL_TRUE_POSITIVE =
            metric("bloom-filter-full-true-positive");

    public static final ConfigOption<Boolean> MONITOR_BYTES_READ = metric("bytes-read");

    public static final ConfigOption<Boolean> MONITOR_ITER_BYTES_READ = metric("iter-bytes-read");

    public static final ConfigOption<Boolean> MONITOR_BYTES_WRITTEN = metric("bytes-written");

    public static final ConfigOption<Boolean> MONITOR_COMPACTION_READ_BYTES =
            metric("compaction-read-bytes");

    public static final ConfigOption<Boolean> MONITOR_COMPACTION_WRITE_BYTES =
            metric("compaction-write-bytes");

    public static final ConfigOption<Boolean> MONITOR_STALL_MICROS = metric("stall-micros");

    private static ConfigOption<Boolean> metric(String name) {
        return ConfigOptions.key("state.backend.rocksdb.metrics." + name)
                .booleanType()
                .defaultValue(false);
    }
}
