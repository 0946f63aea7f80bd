package io.millrace.runtime.state.heap;

import io.millrace.api.option.Config;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.operator.KeyTable;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.state.KeyedBackendRequest;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads and then updates the value of 256 keys in no order: in a table of the heap back end, in the
 * flat table of an operator, and in a table that is frozen before each 256 keys.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
public class HeapTableBenchmark {
    private static final int CHUNK = 256;

    @Param({"65536", "1048576"})
    int keys;

    private final KeyTable flat = new KeyTable();
    private final Long[] chunk = new Long[CHUNK];
    private final int[] hashes = new int[CHUNK];
    private HeapBackend backend;
    private ValueTable table;
    private long next;

    @Setup(Level.Trial)
    public void fill() {
        JobSerializers serializers = new JobSerializers(getClass().getClassLoader());
        backend =
                new HeapBackend(
                        new KeyedBackendRequest(
                                "benchmark",
                                serializers.of(Types.LONG),
                                0,
                                127,
                                128,
                                Config.empty(),
                                Path.of("unused"),
                                serializers,
                                List.of(),
                                segment -> {
                                    throw new IOException("nothing to restore");
                                }));
        table =
                backend.values(
                        new TableSpec(
                                "v",
                                TableSpec.Shape.VALUE,
                                null,
                                null,
                                serializers.of(Types.LONG)));
        for (long key = 0; key < keys; key++) {
            int hash = Long.hashCode(key);
            flat.insert(flat.slotOf(key, hash), key, hash, key + 1000);
            backend.setKey(key, hash);
            table.put(key + 1000);
        }
    }

    private void nextChunk() {
        for (int i = 0; i < CHUNK; i++) {
            next = next * 6364136223846793005L + 1442695040888963407L;
            chunk[i] = Long.remainderUnsigned(next >>> 20, keys);
            hashes[i] = chunk[i].hashCode();
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public void flatTable() {
        nextChunk();
        flat.touch(hashes, CHUNK);
        for (int i = 0; i < CHUNK; i++) {
            int slot = flat.slotOf(chunk[i], hashes[i]);
            flat.update(slot, (Long) flat.valueAt(slot) + 1);
        }
    }

    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public void heapTable() {
        nextChunk();
        backend.expect(hashes, CHUNK);
        update();
    }

    private void update() {
        for (int i = 0; i < CHUNK; i++) {
            backend.setKey(chunk[i], hashes[i]);
            table.put((Long) table.get() + 1);
        }
    }

    /** Each unit that is met is copied, unless it was met before in these 256. */
    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public void heapTableFrozen() {
        nextChunk();
        try (FrozenState frozen = backend.freeze(1, CheckpointKind.FULL)) {
            backend.expect(hashes, CHUNK);
            update();
        }
    }

    /** Writes all rows: nanoseconds for each. */
    @Benchmark
    @OperationsPerInvocation(1)
    public long snapshot() throws IOException {
        long[] bytes = new long[1];
        try (FrozenState frozen = backend.freeze(1, CheckpointKind.FULL)) {
            frozen.writeTo(
                    body -> {
                        long before = bytes[0];
                        body.writeTo(
                                new OutputStream() {
                                    @Override
                                    public void write(int one) {
                                        bytes[0]++;
                                    }

                                    @Override
                                    public void write(byte[] all, int from, int length) {
                                        bytes[0] += length;
                                    }
                                });
                        return new SegmentRef("none", before, bytes[0] - before, 0);
                    });
        }
        return bytes[0];
    }
}
