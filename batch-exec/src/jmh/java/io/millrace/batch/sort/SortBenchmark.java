package io.millrace.batch.sort;

import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;

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
import org.openjdk.jmh.infra.Blackhole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A sort of a million records, per record: added, sorted and read back, in memory and with spilled
 * runs, beside the JDK's sort of the same objects. Figures are in {@code docs/design/batch.md}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SortBenchmark.RECORDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
public class SortBenchmark {
    static final int RECORDS = 1_000_000;

    private static final long IN_MEMORY = 320L << 20;
    private static final long SPILLED = 32L << 20;
    private static final TieBreaker NO_TIES = new TieBreaker(null, 0);

    /** What is sorted. */
    public enum Case {
        /** 100 bytes, the first ten are the key. */
        TERASORT,
        LONGS,
        /** Thirty letters, of which the first ten are the same. */
        STRINGS
    }

    @Param public Case kind;

    private Object[] records;
    private Serializer<Object> serializer;
    private KeyNormalizer<Object> keys;
    private SortOrder<Object> order;
    private Comparator<Object> comparator;
    private Path directory;
    private SortBuffer filled;

    @Setup
    @SuppressWarnings("unchecked")
    public void setUp() throws IOException {
        Random random = new Random(1);
        records = new Object[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            records[i] = record(random);
        }
        ClassLoader loader = SortBenchmark.class.getClassLoader();
        switch (kind) {
            case TERASORT -> {
                serializer = Serializers.of(TypeInformation.of(byte[].class), loader);
                keys = (KeyNormalizer<Object>) (Object) new TenBytes();
                comparator = (a, b) -> Arrays.compareUnsigned((byte[]) a, 0, 10, (byte[]) b, 0, 10);
            }
            case LONGS -> {
                serializer = Serializers.of(Types.LONG, loader);
                keys = KeyNormalizers.of(serializer.schema());
                comparator = (Comparator<Object>) (Object) Comparator.<Long>naturalOrder();
            }
            case STRINGS -> {
                serializer = Serializers.of(Types.STRING, loader);
                keys = KeyNormalizers.of(serializer.schema());
                comparator = (Comparator<Object>) (Object) Comparator.<String>naturalOrder();
            }
        }
        order = SortOrder.of(keys);
        directory = Files.createTempDirectory("sort-benchmark");
        filled = new SortBuffer(new MemoryBudget(IN_MEMORY), IN_MEMORY);
        RecordForm<Object> form = new RecordForm<>(serializer);
        KeyWriter key = new KeyWriter();
        for (Object record : records) {
            key.clear();
            keys.write(record, key);
            filled.add(key, form.write(record));
        }
    }

    private Object record(Random random) {
        switch (kind) {
            case TERASORT:
                byte[] record = new byte[100];
                random.nextBytes(record);
                Arrays.fill(record, 20, 100, (byte) 'A');
                return record;
            case LONGS:
                return random.nextLong();
            default:
                return "item-name-"
                        + Long.toString(random.nextLong() | 1L << 62, 36)
                        + random.nextInt(1_000);
        }
    }

    /** TeraSort's order: a record's first ten bytes. */
    private static final class TenBytes extends KeyNormalizer<byte[]> {
        @Override
        public void write(byte[] key, KeyWriter out) {
            for (int i = 0; i < 10; i++) {
                out.putByte(key[i]);
            }
        }

        @Override
        public boolean exact() {
            return true;
        }

        @Override
        public int maxBytes() {
            return 10;
        }

        @Override
        public int compare(byte[] one, byte[] other) {
            return Arrays.compareUnsigned(one, 0, 10, other, 0, 10);
        }
    }

    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        Files.delete(directory);
    }

    private void sort(SortSettings settings, Blackhole seen) {
        try (ExternalSorter<Object> sorter = new ExternalSorter<>(order, serializer, settings)) {
            for (Object record : records) {
                sorter.add(record);
            }
            SortedRecords<Object> sorted = sorter.sorted();
            while (sorted.advance()) {
                seen.consume(sorted.record());
            }
        }
    }

    @Benchmark
    public void inMemory(Blackhole seen) {
        sort(SortSettings.of(directory.resolve("spill"), IN_MEMORY, "benchmark"), seen);
    }

    @Benchmark
    public void spilled(Blackhole seen) {
        sort(SortSettings.of(directory.resolve("spill"), SPILLED, "benchmark"), seen);
    }

    /** Only the sort of what lies in memory as bytes. */
    @Benchmark
    public int bytesInMemory() {
        filled.sort(NO_TIES);
        return filled.count();
    }

    /** Objects stay objects: nothing is written or read. */
    @Benchmark
    public Object[] objectsByComparator() {
        Object[] copy = records.clone();
        Arrays.sort(copy, comparator);
        return copy;
    }
}
