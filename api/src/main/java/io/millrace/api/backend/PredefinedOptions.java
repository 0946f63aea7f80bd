package io.millrace.api.backend;

/** Tunings of RocksDB for kinds of disks. */
public enum PredefinedOptions {
    DEFAULT,
    SPINNING_DISK_OPTIMIZED,
    SPINNING_DISK_OPTIMIZED_HIGH_MEM,
    FLASH_SSD_OPTIMIZED
}
