package io.millrace.batch.sort;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What a global sort does for each record that it deals: the range of a key of ten letters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(KeyRangesBenchmark.KEYS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class KeyRangesBenchmark {
    static final int KEYS = 100_000;

    @Param({"2", "16", "256"})
    public int count;

    private KeyRanges ranges;
    private List<String> keys;

    @Setup
    public void setUp() {
        Random random = new Random(1);
        keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add(key(random));
        }
        TreeSet<String> beginnings = new TreeSet<>();
        while (beginnings.size() < count - 1) {
            beginnings.add(key(random));
        }
        ClassLoader loader = KeyRangesBenchmark.class.getClassLoader();
        ranges = new KeyRanges(SortKeys.of(null, true, loader), new ArrayList<>(beginnings));
    }

    private static String key(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            key.append((char) (' ' + random.nextInt(95)));
        }
        return key.toString();
    }

    @Benchmark
    public long rangeOf() {
        long sum = 0;
        for (String key : keys) {
            sum += ranges.rangeOf(key);
        }
        return sum;
    }
}
