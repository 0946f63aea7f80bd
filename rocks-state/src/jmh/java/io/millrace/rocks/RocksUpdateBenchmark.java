package io.millrace.rocks;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * Read-then-update of one value of a key, out of many keys: through the cache, and without it, as
 * every update is two native calls. Beside JMH's wall time it prints the process's CPU time, with
 * RocksDB's own threads, and how long a freeze held the task.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
public class RocksUpdateBenchmark {
    private static final int UPDATES = 1_000_000;
    private static final double SKEW = 0.99;

    @Param({"10000000"})
    public int keys;

    @Param({"zipf", "uniform"})
    public String distribution;

    /** {@code cached} has half of the memory outside of the heap that {@code plain} has. */
    @Param({"cached", "plain"})
    public String how;

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long[] sequence = new long[UPDATES];
    private SplittableRandom random = new SplittableRandom(42);
    private double zeta;
    private Path directory;

    private KeyedBackend backend;
    private ValueTable table;

    private RocksDB plain;
    private WriteOptions writes;
    private final BinaryWriter key = new BinaryWriter(64);
    private final BinaryWriter value = new BinaryWriter(64);
    private Serializer<Object> longs;
    private long cpuBefore;
    private long checkpoint;

    @Setup
    public void open() throws Exception {
        directory = Files.createTempDirectory("rocks-benchmark");
        JobSerializers serializers = new JobSerializers(getClass().getClassLoader());
        longs = serializers.of(Types.LONG);
        for (int i = 1; i <= keys; i++) {
            zeta += Math.pow(i, -SKEW);
        }
        if (how.equals("plain")) {
            openPlain();
        } else {
            openCached(serializers);
        }
        for (long i = 1; i <= keys; i++) {
            fill(BenchmarkBackend.scattered(i));
        }
    }

    private void fill(long boxed) throws Exception {
        Long one = boxed;
        if (plain == null) {
            backend.setKey(one, KeyGroups.hash(one));
            table.put(1L);
        } else {
            putPlain(rowOf(one), 1);
        }
    }

    private void openCached(JobSerializers serializers) throws Exception {
        ProcessMemory process =
                ProcessMemory.of(4L << 30, Runtime.getRuntime().maxMemory(), 128L << 20);
        backend = BenchmarkBackend.open(process, directory, serializers);
        table =
                backend.values(new TableSpec("v", TableSpec.Shape.VALUE, null, null, longs));
    }

    private void openPlain() throws Exception {
        NativeLibrary.load();
        writes = new WriteOptions().setDisableWAL(true);
        LRUCache blocks = new LRUCache(256L << 20, -1, false, 0.1);
        Options options =
                new Options()
                        .setCreateIfMissing(true)
                        .setWriteBufferManager(new WriteBufferManager(128L << 20, blocks))
                        .setTableFormatConfig(
                                new BlockBasedTableConfig()
                                        .setBlockCache(blocks)
                                        .setCacheIndexAndFilterBlocks(true)
                                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                                        .setPinTopLevelIndexAndFilter(true));
        plain = RocksDB.open(options, directory.toString());
    }

    @Setup(Level.Iteration)
    public void draw() {
        boolean zipf = distribution.equals("zipf");
        for (int i = 0; i < UPDATES; i++) {
            sequence[i] = BenchmarkBackend.scattered(zipf ? zipf() : 1 + random.nextLong(keys));
        }
        System.gc();
        cpuBefore = system.getProcessCpuTime();
    }

    /** A rank by Gray et al., "Quickly generating billion-record synthetic databases", 1994. */
    private long zipf() {
        double alpha = 1 / (1 - SKEW);
        double two = 1 + Math.pow(0.5, SKEW);
        double eta = (1 - Math.pow(2.0 / keys, 1 - SKEW)) / (1 - two / zeta);
        double u = random.nextDouble();
        double uz = u * zeta;
        if (uz < 1) {
            return 1;
        }
        if (uz < two) {
            return 2;
        }
        return 1 + (long) (keys * Math.pow(eta * u - eta + 1, alpha));
    }

    @TearDown(Level.Iteration)
    public void printCpu() throws Exception {
        System.out.printf(
                " cpu %.3f us/op ", (system.getProcessCpuTime() - cpuBefore) / 1e3 / UPDATES);
        if (backend != null) {
            long start = System.nanoTime();
            var frozen = backend.freeze(++checkpoint, CheckpointKind.INCREMENTAL);
            System.out.printf("freeze %.2f ms ", (System.nanoTime() - start) / 1e6);
            start = System.nanoTime();
            BenchmarkBackend.CountedBytes written = new BenchmarkBackend.CountedBytes();
            frozen.writeTo(written);
            frozen.close();
            backend.onComplete(checkpoint);
            System.out.printf(
                    "write %.0f ms, %.1f MB ", (System.nanoTime() - start) / 1e6, written.bytes() / 1e6);
        }
    }

    @Benchmark
    @OperationsPerInvocation(UPDATES)
    public void update() throws Exception {
        for (long one : sequence) {
            update(one);
        }
    }

    private void update(long boxed) throws Exception {
        Long one = boxed;
        if (plain == null) {
            backend.setKey(one, KeyGroups.hash(one));
            Long before = (Long) table.get();
            table.put(before == null ? 1L : before + 1);
            return;
        }
        byte[] row = rowOf(one);
        byte[] before = plain.get(row);
        putPlain(row, before == null ? 1 : (Long) longs.read(new BinaryReader(before)) + 1);
    }

    private byte[] rowOf(Long one) {
        key.clear();
        int group = KeyGroups.group(KeyGroups.hash(one), 128);
        key.writeByte(group >>> 8);
        key.writeByte(group);
        longs.write(one, key);
        return key.toByteArray();
    }

    private void putPlain(byte[] row, long count) throws Exception {
        value.clear();
        longs.write(count, value);
        plain.put(writes, row, value.toByteArray());
    }

    @TearDown
    public void close() {
        if (backend != null) {
            backend.close();
        } else {
            plain.close();
        }
        LinkedFiles.delete(directory);
    }
}
