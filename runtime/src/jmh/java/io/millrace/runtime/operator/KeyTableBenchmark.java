package io.millrace.runtime.operator;

import java.util.concurrent.TimeUnit;
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

/** Look-ups of 256 keys in no order, with and without touching them first. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class KeyTableBenchmark {
    private static final int CHUNK = 256;

    @Param({"1000", "65536", "1048576"})
    int keys;

    private final KeyTable table = new KeyTable();
    private final Long[] chunk = new Long[CHUNK];
    private final int[] hashes = new int[CHUNK];
    private long next;

    @Setup
    public void fill() {
        for (long key = 0; key < keys; key++) {
            int hash = Long.hashCode(key);
            table.insert(table.slotOf(key, hash), key, hash, new long[] {key});
        }
    }

    private void nextChunk() {
        for (int i = 0; i < CHUNK; i++) {
            next = next * 6364136223846793005L + 1442695040888963407L;
            chunk[i] = Long.remainderUnsigned(next >>> 20, keys);
            hashes[i] = chunk[i].hashCode();
        }
    }

    private long lookUp() {
        long sum = 0;
        for (int i = 0; i < CHUNK; i++) {
            sum += ++((long[]) table.valueAt(table.slotOf(chunk[i], hashes[i])))[0];
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public long oneByOne() {
        nextChunk();
        return lookUp();
    }

    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public long touchedBefore() {
        nextChunk();
        table.touch(hashes, CHUNK);
        return lookUp();
    }
}
