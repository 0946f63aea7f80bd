package io.millrace.rocks;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory that databases share: one cache of blocks, of which write buffers take a part.
 * Thread-safe. Goes with the last database that uses it.
 */
final class SharedMemory {
    private static final long MAX_WRITE_BUFFER_BYTES = 32L << 20;
    private static final long MIN_WRITE_BUFFER_BYTES = 1L << 20;
    private static final long ARENA_BLOCK_BYTES = 256L << 10;
    private static final int BLOOM_BITS = 10;
    private static final double MEMTABLE_BLOOM_RATIO = 0.02;
    private static final long LOOK_EVERY_MS = 500;
    private static final int SHARD_BITS = 2;
    private static final int RUNS_BEFORE_MERGING = 8;

    // Else 4 MB are taken for each manifest, where a task's is some kilobytes.
    private static final long MANIFEST_BYTES = 64L << 10;

    // Else each opening starts 16, whatever there is to open.
    private static final int FILE_OPENING_THREADS = 2;

    private final RocksSettings settings;
    private final long bytes;
    private final long objectBytes;
    private final ObjectBudget objects;
    private final Throttle throttle = new Throttle();
    private final Cache blocks;
    private final WriteBufferManager writeBuffers;
    private final BloomFilter bloom;
    private final StringAppendOperator append;
    private final Set<Database> databases = ConcurrentHashMap.newKeySet();
    private final MemoryWatch watch;
    private Thread watcher; // guarded by this
    private int users; // guarded by this
    private boolean ended; // guarded by this

    SharedMemory(RocksSettings settings, ProcessMemory process, MemoryReader reader) {
        this.settings = settings;
        this.bytes = settings.memoryBytes().orElse(process.stateBytes());
        this.objectBytes = (long) (process.heapBytes() * settings.cacheFraction());
        this.objects = new ObjectBudget(objectBytes);
        this.watch = new MemoryWatch(reader, process.limitBytes(), this::apply);
        this.bloom = new BloomFilter(BLOOM_BITS, false);
        this.append = new StringAppendOperator("");
        /*
         * Write buffers are charged to the cache. A manager starts to write out at 7/8 of its size
         * and may overshoot by half of it while files are written, so that it is given two thirds.
         */
        this.blocks = new LRUCache(bytes, SHARD_BITS, false, settings.highPriorityRatio());
        this.writeBuffers =
                new WriteBufferManager(
                        (long) (bytes * settings.writeBufferRatio() * 2 / 3), blocks);
    }

    /** A database is there, and may be asked to write out its buffers. */
    void add(Database database) {
        databases.add(database);
    }

    void remove(Database database) {
        databases.remove(database);
    }

    /** Carries out what the governor has decided. */
    private void apply(MemoryGovernor.Level level) {
        objects.setTotalBytes((long) (objectBytes * level.objects()));
        throttle.setPauseNanos(level.pauseNanos());
        if (level.flush()) {
            databases.forEach(Database::writeOutBuffers);
        }
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(LOOK_EVERY_MS);
                watch.turn();
            }
        } catch (InterruptedException e) {
            // The last database has gone.
            Thread.currentThread().interrupt();
        }
    }

    long bytes() {
        return bytes;
    }

    ObjectBudget objects() {
        return objects;
    }

    Throttle throttle() {
        return throttle;
    }

    long usedBytes() {
        return blocks.getUsage();
    }

    /** False if it has gone already. Each use ends with {@link #release}. */
    synchronized boolean use() {
        if (ended) {
            return false;
        }
        users++;
        if (watcher == null && settings.governed()) {
            watcher = new Thread(this::look, "state-memory");
            watcher.setDaemon(true);
            // The engine's: the task that makes it has the program's, which must be free to go.
            watcher.setContextClassLoader(SharedMemory.class.getClassLoader());
            watcher.start();
        }
        return true;
    }

    synchronized void release() {
        if (--users == 0) {
            ended = true;
            if (watcher != null) {
                watcher.interrupt();
            }
            writeBuffers.close();
            blocks.close();
            bloom.close();
            append.close();
        }
    }

    DBOptions databaseOptions() {
        return new DBOptions()
                .setMaxBackgroundJobs(settings.backgroundJobs())
                .setWriteBufferManager(writeBuffers)
                .setAvoidFlushDuringShutdown(true)
                .setAllowConcurrentMemtableWrite(false)
                .setStatsDumpPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(4L << 20)
                .setKeepLogFileNum(2)
                .setManifestPreallocationSize(MANIFEST_BYTES)
                .setMaxFileOpeningThreads(FILE_OPENING_THREADS)
                .setUseFsync(false);
    }

    ColumnFamilyOptions tableOptions() {
        long budget = (long) (bytes * settings.writeBufferRatio());
        long buffer =
                Math.max(MIN_WRITE_BUFFER_BYTES, Math.min(MAX_WRITE_BUFFER_BYTES, budget / 8));
        return new ColumnFamilyOptions()
                .setWriteBufferSize(buffer)
                // Each table takes one at least, however little it has.
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_RATIO)
                .setMemtableWholeKeyFiltering(true)
                /*
                 * Runs of files are merged with others of their size. Levels would rewrite a tenth
                 * of all state, and so upload it, whenever a few checkpoints' changes go down one;
                 * the price is more runs to look into, which the filters make cheap.
                 */
                .setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setLevelZeroFileNumCompactionTrigger(RUNS_BEFORE_MERGING)
                .setCompressionPerLevel(
                        List.of(
                                CompressionType.NO_COMPRESSION,
                                CompressionType.NO_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION,
                                CompressionType.LZ4_COMPRESSION))
                .setMergeOperator(append)
                .setTableFormatConfig(
                        new BlockBasedTableConfig()
                                .setBlockCache(blocks)
                                .setCacheIndexAndFilterBlocks(true)
                                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                                .setPinTopLevelIndexAndFilter(true)
                                .setFilterPolicy(bloom)
                                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                                .setDataBlockHashTableUtilRatio(0.75));
    }
}
