package io.millrace.api.backend;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.DescribedEnum;
import io.millrace.api.option.MemorySize;
import io.millrace.api.option.ReadableConfig;
import io.millrace.api.option.TernaryBoolean;
import io.millrace.api.option.description.InlineElement;
import io.millrace.api.option.description.TextElement;
import java.io.File;
import java.util.List;
import java.util.Objects;

/**
 * Keyed state is in RocksDB, on the disks of its worker, with a cache of objects in front. Not
 * thread-safe.
 *
 * <p>Left out is what needs RocksDB's own classes in the program: factories of options and of
 * memory.
 */
public class EmbeddedRocksDBStateBackend extends AbstractStateBackend {
    private static final long serialVersionUID = 1L;

    private static final List<ConfigOption<?>> OPTIONS =
            List.of(
                    RocksDBOptions.LOCAL_DIRECTORIES,
                    RocksDBOptions.TIMER_SERVICE_FACTORY,
                    RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM,
                    RocksDBOptions.PREDEFINED_OPTIONS,
                    RocksDBOptions.USE_MANAGED_MEMORY,
                    RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE,
                    RocksDBOptions.WRITE_BUFFER_RATIO,
                    RocksDBOptions.HIGH_PRIORITY_POOL_RATIO,
                    RocksDBConfigurableOptions.WRITE_BATCH_SIZE);

    private final Configuration values = new Configuration();

    /** Where timers are kept. */
    public enum PriorityQueueStateType implements DescribedEnum {
        HEAP("Timers are in memory."),
        ROCKSDB("Timers are in RocksDB.");

        private final String description;

        PriorityQueueStateType(String description) {
            this.description = description;
        }

        @Override
        public InlineElement getDescription() {
            return TextElement.text(description);
        }
    }

    /** Checkpoints are incremental, unless configured otherwise. */
    public EmbeddedRocksDBStateBackend() {
        this(TernaryBoolean.UNDEFINED);
    }

    public EmbeddedRocksDBStateBackend(boolean enableIncrementalCheckpointing) {
        this(TernaryBoolean.fromBoolean(enableIncrementalCheckpointing));
    }

    public EmbeddedRocksDBStateBackend(TernaryBoolean enableIncrementalCheckpointing) {
        if (enableIncrementalCheckpointing != TernaryBoolean.UNDEFINED) {
            values.set(
                    CheckpointOptions.INCREMENTAL,
                    enableIncrementalCheckpointing == TernaryBoolean.TRUE);
        }
    }

    /**
     * @param config says what {@code original} does not
     */
    protected EmbeddedRocksDBStateBackend(
            EmbeddedRocksDBStateBackend original, ReadableConfig config, ClassLoader classLoader) {
        take(config, ConfigOption.of(CheckpointOptions.INCREMENTAL));
        OPTIONS.forEach(option -> take(config, option));
        values.addAll(original.values);
    }

    private <T> void take(ReadableConfig from, ConfigOption<T> option) {
        from.getOptional(option).ifPresent(value -> values.set(option, value));
    }

    /** A copy that has of {@code config} what this does not say. */
    public EmbeddedRocksDBStateBackend configure(ReadableConfig config, ClassLoader classLoader) {
        return new EmbeddedRocksDBStateBackend(this, config, classLoader);
    }

    @Override
    public void writeTo(Configuration job) {
        job.addAll(values);
        job.set(CheckpointOptions.STATE_BACKEND, "rocksdb");
    }

    @Override
    public boolean useManagedMemory() {
        return getMemoryConfiguration().isUsingManagedMemory();
    }

    /** A view: what is set there is set here. */
    public RocksDBMemoryConfiguration getMemoryConfiguration() {
        return new RocksDBMemoryConfiguration(values);
    }

    /**
     * @param path an absolute local path; null for a directory of the worker's
     */
    public void setDbStoragePath(String path) {
        if (path == null) {
            setDbStoragePaths((String[]) null);
        } else {
            setDbStoragePaths(path);
        }
    }

    /**
     * @param paths absolute local paths, at least one; null for a directory of the worker's
     */
    public void setDbStoragePaths(String... paths) {
        if (paths == null) {
            values.removeConfig(RocksDBOptions.LOCAL_DIRECTORIES);
            return;
        }
        if (paths.length == 0) {
            throw new IllegalArgumentException("At least one path is needed, or null.");
        }
        for (String path : paths) {
            if (!new File(localPart(path)).isAbsolute()) {
                throw new IllegalArgumentException(
                        "Files of RocksDB lie in an absolute local path, not in '" + path + "'.");
            }
        }
        values.set(RocksDBOptions.LOCAL_DIRECTORIES, String.join(",", paths));
    }

    private static String localPart(String path) {
        Objects.requireNonNull(path, "A path is null.");
        return path.startsWith("file:") ? path.substring("file:".length()) : path;
    }

    /** Null if none are set. */
    public String[] getDbStoragePaths() {
        String paths = values.get(RocksDBOptions.LOCAL_DIRECTORIES);
        return paths == null ? null : paths.split(",");
    }

    public boolean isIncrementalCheckpointsEnabled() {
        return values.get(CheckpointOptions.INCREMENTAL);
    }

    /** What was set. */
    public PriorityQueueStateType getPriorityQueueStateType() {
        return values.get(RocksDBOptions.TIMER_SERVICE_FACTORY);
    }

    /** Without effect: timers are in the same snapshot wherever they are. */
    public void setPriorityQueueStateType(PriorityQueueStateType priorityQueueStateType) {
        values.set(
                RocksDBOptions.TIMER_SERVICE_FACTORY,
                Objects.requireNonNull(priorityQueueStateType, "The kind of queue is null."));
    }

    public void setPredefinedOptions(PredefinedOptions options) {
        values.set(
                RocksDBOptions.PREDEFINED_OPTIONS,
                Objects.requireNonNull(options, "The options are null.").name());
    }

    public PredefinedOptions getPredefinedOptions() {
        return PredefinedOptions.valueOf(values.get(RocksDBOptions.PREDEFINED_OPTIONS));
    }

    public int getNumberOfTransferThreads() {
        return values.get(RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM);
    }

    /**
     * @param numberOfTransferThreads at least 1
     */
    public void setNumberOfTransferThreads(int numberOfTransferThreads) {
        if (numberOfTransferThreads < 1) {
            throw new IllegalArgumentException(
                    "The number of threads is at least 1, not " + numberOfTransferThreads + ".");
        }
        values.set(RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM, numberOfTransferThreads);
    }

    /** Bytes. */
    public long getWriteBatchSize() {
        return values.get(RocksDBConfigurableOptions.WRITE_BATCH_SIZE).getBytes();
    }

    /**
     * @param writeBatchSize bytes, at least 0
     */
    public void setWriteBatchSize(long writeBatchSize) {
        if (writeBatchSize < 0) {
            throw new IllegalArgumentException(
                    "The size of a batch is at least 0 bytes, not " + writeBatchSize + ".");
        }
        values.set(RocksDBConfigurableOptions.WRITE_BATCH_SIZE, new MemorySize(writeBatchSize));
    }

    @Override
    public String toString() {
        return "EmbeddedRocksDBStateBackend" + values.toMap();
    }
}
