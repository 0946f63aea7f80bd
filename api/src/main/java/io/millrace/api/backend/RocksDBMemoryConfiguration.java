package io.millrace.api.backend;

import io.millrace.api.option.ConfigOption;
import io.millrace.api.option.Configuration;
import io.millrace.api.option.MemorySize;
import java.io.Serializable;

/** How much memory RocksDB takes: a typed view of options. Not thread-safe. */
public final class RocksDBMemoryConfiguration implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Configuration values;

    RocksDBMemoryConfiguration(Configuration values) {
        this.values = values;
    }

    /** Takes the memory that the worker sets aside. */
    public void setUseManagedMemory(boolean useManagedMemory) {
        values.set(RocksDBOptions.USE_MANAGED_MEMORY, useManagedMemory);
    }

    public boolean isUsingManagedMemory() {
        return values.get(RocksDBOptions.USE_MANAGED_MEMORY);
    }

    public void setFixedMemoryPerSlot(MemorySize fixedMemoryPerSlot) {
        values.set(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE, fixedMemoryPerSlot);
    }

    /**
     * @param totalMemoryPerSlotStr such as {@code 64 mb}
     */
    public void setFixedMemoryPerSlot(String totalMemoryPerSlotStr) {
        setFixedMemoryPerSlot(MemorySize.parse(totalMemoryPerSlotStr));
    }

    public boolean isUsingFixedMemoryPerSlot() {
        return values.contains(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE);
    }

    /** Null if it is not set. */
    public MemorySize getFixedMemoryPerSlot() {
        return values.get(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE);
    }

    /**
     * @param writeBufferRatio the share for write buffers, between 0 and 1
     */
    public void setWriteBufferRatio(double writeBufferRatio) {
        setShare(RocksDBOptions.WRITE_BUFFER_RATIO, writeBufferRatio);
    }

    public double getWriteBufferRatio() {
        return values.get(RocksDBOptions.WRITE_BUFFER_RATIO);
    }

    /**
     * @param highPriorityPoolRatio the share for indexes and filters, between 0 and 1
     */
    public void setHighPriorityPoolRatio(double highPriorityPoolRatio) {
        setShare(RocksDBOptions.HIGH_PRIORITY_POOL_RATIO, highPriorityPoolRatio);
    }

    public double getHighPriorityPoolRatio() {
        return values.get(RocksDBOptions.HIGH_PRIORITY_POOL_RATIO);
    }

    public boolean isUsingPartitionedIndexFilters() {
        return values.get(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS);
    }

    private void setShare(ConfigOption<Double> option, double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "The share '" + option.key() + "' is between 0 and 1, not " + share + ".");
        }
        values.set(option, share);
    }

    @Override
    public String toString() {
        return "RocksDBMemoryConfiguration" + values.toMap();
    }
}
