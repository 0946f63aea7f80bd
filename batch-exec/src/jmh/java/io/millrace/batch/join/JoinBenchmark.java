package io.millrace.batch.join;

import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.batch.sort.SortSettings;
import io.millrace.runtime.plan.KeyGroups;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * An inner join of a million records with a hundred thousand that have a key each, per record that
 * asks: by a table in memory, by one of which three quarters are spilled, and by sorting, beside
 * the JDK's map of the same objects.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(JoinBenchmark.ASKING)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
public class JoinBenchmark {
    static final int ASKING = 1_000_000;

    private static final int KEPT = 100_000;

    /** How the join is done. */
    public enum Way {
        TABLE(32L << 20),
        SPILLED(2L << 20),
        SORTED(0);

        private final long tableBytes;

        Way(long tableBytes) {
            this.tableBytes = tableBytes;
        }
    }

    @Param public Way way;

    private Object[] kept;
    private Object[] asking;
    private Serializer<Object> serializer;
    private Path directory;

    @Setup
    public void setUp() throws IOException {
        Random random = new Random(1);
        kept = new Object[KEPT];
        for (int i = 0; i < KEPT; i++) {
            kept[i] = Tuple2.of((long) i, "the name of customer " + i + " is rather long");
        }
        asking = new Object[ASKING];
        for (int i = 0; i < ASKING; i++) {
            asking[i] = Tuple2.of((long) random.nextInt(KEPT), "an order");
        }
        serializer =
                Serializers.of(
                        Types.TUPLE(Types.LONG, Types.STRING),
                        JoinBenchmark.class.getClassLoader());
        directory = Files.createTempDirectory("join-benchmark");
    }

    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        Files.delete(directory);
    }

    private static Object keyOf(Object record) {
        return ((Tuple2<?, ?>) record).f0;
    }

    private record Pairs(Blackhole seen) implements JoinResults {
        @Override
        public boolean wantsPairs() {
            return true;
        }

        @Override
        public boolean wantsKept() {
            return false;
        }

        @Override
        public boolean wantsAsked() {
            return false;
        }

        @Override
        public void pair(Object kept, Object asked) {
            seen.consume(kept);
            seen.consume(asked);
        }

        @Override
        public void kept(Object record, boolean matched) {
            throw new IllegalStateException("not wanted");
        }

        @Override
        public void asked(Object record, boolean matched) {
            throw new IllegalStateException("not wanted");
        }
    }

    @Benchmark
    public void join(Blackhole seen) throws Exception {
        SortSettings sorts = SortSettings.of(directory.resolve("spill"), 8L << 20, "benchmark");
        try (HybridJoin join =
                new HybridJoin(
                        new JoinSide(JoinBenchmark::keyOf, serializer, null),
                        new JoinSide(JoinBenchmark::keyOf, serializer, null),
                        new Pairs(seen),
                        way.tableBytes,
                        sorts,
                        sorts,
                        1 << 20)) {
            for (Object record : kept) {
                join.keep(record, KeyGroups.hash(keyOf(record)));
            }
            join.endKept();
            for (Object record : asking) {
                Object key = keyOf(record);
                join.ask(record, key, KeyGroups.hash(key));
            }
            while (!join.finish()) {
                // Goes on.
            }
        }
    }

    /** Objects stay objects: nothing is written or read. */
    @Benchmark
    public void jdkMap(Blackhole seen) {
        Map<Object, Object> table = new HashMap<>();
        for (Object record : kept) {
            table.put(keyOf(record), record);
        }
        for (Object record : asking) {
            seen.consume(table.get(keyOf(record)));
            seen.consume(record);
        }
    }
}
