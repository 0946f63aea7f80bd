package io.millrace.api.backend;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.ConfigOptions;
import io.millrace.api.option.ReadableConfig;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of RocksDB's own counters are metrics, as keys for a configuration. They are kept and have
 * no effect: RocksDB's own counters are no metrics here. An object of it holds what is enabled, for
 * programs to read back. Not thread-safe.
 */
public class RocksDBNativeMetricOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String PREFIX = "state.backend.rocksdb.metrics.";

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

    private static final List<ConfigOption<Boolean>> PROPERTIES =
            List.of(
                    MONITOR_ACTUAL_DELAYED_WRITE_RATE,
                    MONITOR_BACKGROUND_ERRORS,
                    BLOCK_CACHE_CAPACITY,
                    BLOCK_CACHE_PINNED_USAGE,
                    BLOCK_CACHE_USAGE,
                    TRACK_COMPACTION_PENDING,
                    MONITOR_CUR_SIZE_ACTIVE_MEM_TABLE,
                    MONITOR_CUR_SIZE_ALL_MEM_TABLE,
                    ESTIMATE_LIVE_DATA_SIZE,
                    ESTIMATE_NUM_KEYS,
                    ESTIMATE_PENDING_COMPACTION_BYTES,
                    ESTIMATE_TABLE_READERS_MEM,
                    IS_WRITE_STOPPED,
                    MONITOR_LIVE_SST_FILES_SIZE,
                    MONITOR_MEM_TABLE_FLUSH_PENDING,
                    MONITOR_NUM_DELETES_ACTIVE_MEM_TABLE,
                    MONITOR_NUM_DELETES_IMM_MEM_TABLE,
                    MONITOR_NUM_ENTRIES_ACTIVE_MEM_TABLE,
                    MONITOR_NUM_ENTRIES_IMM_MEM_TABLES,
                    MONITOR_NUM_FILES_AT_LEVEL,
                    MONITOR_NUM_IMMUTABLE_MEM_TABLES,
                    MONITOR_NUM_LIVE_VERSIONS,
                    MONITOR_NUM_RUNNING_COMPACTIONS,
                    MONITOR_NUM_RUNNING_FLUSHES,
                    MONITOR_NUM_SNAPSHOTS,
                    MONITOR_SIZE_ALL_MEM_TABLES,
                    MONITOR_TOTAL_SST_FILES_SIZE);

    private static final List<ConfigOption<Boolean>> TICKERS =
            List.of(
                    MONITOR_BLOCK_CACHE_HIT,
                    MONITOR_BLOCK_CACHE_MISS,
                    MONITOR_BLOOM_FILTER_USEFUL,
                    MONITOR_BLOOM_FILTER_FULL_POSITIVE,
                    MONITOR_BLOOM_FILTER_FULL_TRUE_POSITIVE,
                    MONITOR_BYTES_READ,
                    MONITOR_ITER_BYTES_READ,
                    MONITOR_BYTES_WRITTEN,
                    MONITOR_COMPACTION_READ_BYTES,
                    MONITOR_COMPACTION_WRITE_BYTES,
                    MONITOR_STALL_MICROS);

    // Keys without their prefix, of what is enabled.
    private final TreeSet<String> properties = new TreeSet<>();
    private final TreeSet<String> tickers = new TreeSet<>();
    private boolean columnFamilyAsVariable;

    public RocksDBNativeMetricOptions() {}

    /** What a configuration enables. */
    public static RocksDBNativeMetricOptions fromConfig(ReadableConfig config) {
        RocksDBNativeMetricOptions options = new RocksDBNativeMetricOptions();
        enabledIn(config, PROPERTIES, options.properties);
        enabledIn(config, TICKERS, options.tickers);
        options.setColumnFamilyAsVariable(config.get(COLUMN_FAMILY_AS_VARIABLE));
        return options;
    }

    private static void enabledIn(
            ReadableConfig config, List<ConfigOption<Boolean>> options, Set<String> enabled) {
        options.stream()
                .filter(config::get)
                .map(RocksDBNativeMetricOptions::nameOf)
                .forEach(enabled::add);
    }

    private static String nameOf(ConfigOption<Boolean> option) {
        return option.key().substring(PREFIX.length());
    }

    private void enable(ConfigOption<Boolean> property) {
        properties.add(nameOf(property));
    }

    /** The names of what is enabled and is no counter. A copy. */
    public Collection<String> getProperties() {
        return new TreeSet<>(properties);
    }

    /** The names of the counters that are enabled. A copy. */
    public Collection<String> getMonitorTickerTypes() {
        return new TreeSet<>(tickers);
    }

    /** Whether anything is enabled but counters. */
    public boolean isEnabled() {
        return !properties.isEmpty();
    }

    /** Whether a counter is enabled. */
    public boolean isStatisticsEnabled() {
        return !tickers.isEmpty();
    }

    public boolean isColumnFamilyAsVariable() {
        return columnFamilyAsVariable;
    }

    public void setColumnFamilyAsVariable(boolean columnFamilyAsVariable) {
        this.columnFamilyAsVariable = columnFamilyAsVariable;
    }

    public void enableActualDelayedWriteRate() {
        enable(MONITOR_ACTUAL_DELAYED_WRITE_RATE);
    }

    public void enableBackgroundErrors() {
        enable(MONITOR_BACKGROUND_ERRORS);
    }

    public void enableBlockCacheCapacity() {
        enable(BLOCK_CACHE_CAPACITY);
    }

    public void enableBlockCachePinnedUsage() {
        enable(BLOCK_CACHE_PINNED_USAGE);
    }

    public void enableBlockCacheUsage() {
        enable(BLOCK_CACHE_USAGE);
    }

    public void enableCompactionPending() {
        enable(TRACK_COMPACTION_PENDING);
    }

    public void enableCurSizeActiveMemTable() {
        enable(MONITOR_CUR_SIZE_ACTIVE_MEM_TABLE);
    }

    public void enableCurSizeAllMemTables() {
        enable(MONITOR_CUR_SIZE_ALL_MEM_TABLE);
    }

    public void enableEstimateLiveDataSize() {
        enable(ESTIMATE_LIVE_DATA_SIZE);
    }

    public void enableEstimateNumKeys() {
        enable(ESTIMATE_NUM_KEYS);
    }

    public void enableEstimatePendingCompactionBytes() {
        enable(ESTIMATE_PENDING_COMPACTION_BYTES);
    }

    public void enableEstimateTableReadersMem() {
        enable(ESTIMATE_TABLE_READERS_MEM);
    }

    public void enableIsWriteStopped() {
        enable(IS_WRITE_STOPPED);
    }

    public void enableLiveSstFilesSize() {
        enable(MONITOR_LIVE_SST_FILES_SIZE);
    }

    public void enableMemTableFlushPending() {
        enable(MONITOR_MEM_TABLE_FLUSH_PENDING);
    }

    public void enableNumDeletesActiveMemTable() {
        enable(MONITOR_NUM_DELETES_ACTIVE_MEM_TABLE);
    }

    public void enableNumDeletesImmMemTables() {
        enable(MONITOR_NUM_DELETES_IMM_MEM_TABLE);
    }

    public void enableNumEntriesActiveMemTable() {
        enable(MONITOR_NUM_ENTRIES_ACTIVE_MEM_TABLE);
    }

    public void enableNumEntriesImmMemTables() {
        enable(MONITOR_NUM_ENTRIES_IMM_MEM_TABLES);
    }

    public void enableNumFilesAtLevel() {
        enable(MONITOR_NUM_FILES_AT_LEVEL);
    }

    public void enableNumImmutableMemTable() {
        enable(MONITOR_NUM_IMMUTABLE_MEM_TABLES);
    }

    public void enableNumLiveVersions() {
        enable(MONITOR_NUM_LIVE_VERSIONS);
    }

    public void enableNumRunningCompactions() {
        enable(MONITOR_NUM_RUNNING_COMPACTIONS);
    }

    public void enableNumRunningFlushes() {
        enable(MONITOR_NUM_RUNNING_FLUSHES);
    }

    public void enableNumSnapshots() {
        enable(MONITOR_NUM_SNAPSHOTS);
    }

    public void enableSizeAllMemTables() {
        enable(MONITOR_SIZE_ALL_MEM_TABLES);
    }

    public void enableTotalSstFilesSize() {
        enable(MONITOR_TOTAL_SST_FILES_SIZE);
    }

    private static ConfigOption<Boolean> metric(String name) {
        return ConfigOptions.key(PREFIX + name).booleanType().defaultValue(false);
    }
}
