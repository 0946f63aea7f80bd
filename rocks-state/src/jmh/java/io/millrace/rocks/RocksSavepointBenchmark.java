package io.millrace.rocks;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.KeyedBackend;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The rows of a savepoint, of which the cache has all or a part; nothing is stored. Beside JMH's
 * wall time it prints the process's CPU time for a row, with RocksDB's own threads. The first
 * savepoint counts most: it is what a job has.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 4)
@Fork(value = 1, jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseParallelGC"})
public class RocksSavepointBenchmark {
    /** So that three gigabytes of heap have about two million in the cache. */
    @Param({"1000000", "4000000"})
    public int keys;

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private Path directory;
    private KeyedBackend backend;
    private long checkpoint;
    private long cpuBefore;

    /** A value of texts and numbers. */
    public static class Account {
        public long number;
        public String owner;
        public String mail;
        public double balance;
        public int visits;
        public long changedMs;
        public boolean blocked;

        public Account() {}

        Account(long key) {
            number = key;
            owner = "customer number " + key;
            mail = "customer." + key + "@mail.example";
            balance = key * 1.25;
            visits = (int) key % 100;
            changedMs = 1_700_000_000_000L + key;
        }
    }

    @Setup
    public void open() throws Exception {
        directory = Files.createTempDirectory("rocks-savepoint-benchmark");
        JobSerializers serializers = new JobSerializers(getClass().getClassLoader());
        ProcessMemory process =
                ProcessMemory.of(5L << 30, Runtime.getRuntime().maxMemory(), 400L << 20);
        backend = BenchmarkBackend.open(process, directory, serializers);
        ValueTable table =
                backend.values(
                        new TableSpec(
                                "v",
                                TableSpec.Shape.VALUE,
                                null,
                                null,
                                serializers.of(TypeInformation.of(Account.class))));
        for (long i = 1; i <= keys; i++) {
            Long key = BenchmarkBackend.scattered(i) >>> 20;
            backend.setKey(key, KeyGroups.hash(key));
            table.put(new Account(key));
        }
    }

    @Setup(Level.Iteration)
    public void lookAtCpu() {
        cpuBefore = system.getProcessCpuTime();
    }

    @TearDown(Level.Iteration)
    public void printCpu() {
        System.out.printf(
                " cpu %.2f us/row ", (system.getProcessCpuTime() - cpuBefore) / 1e3 / keys);
    }

    @Benchmark
    public long savepoint() throws Exception {
        BenchmarkBackend.CountedBytes written = new BenchmarkBackend.CountedBytes();
        try (FrozenState frozen = backend.freeze(++checkpoint, CheckpointKind.SAVEPOINT)) {
            frozen.writeTo(written);
        }
        return written.bytes();
    }

    @TearDown
    public void close() {
        backend.close();
        LinkedFiles.delete(directory);
    }
}
