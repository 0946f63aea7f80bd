package io.millrace.runtime.operator;

import io.millrace.api.function.FilterFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.plan.ChainedOperator;
import java.util.List;
import java.util.Map;
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

/**
 * What a record costs in a chain of five operators when three chains with different functions run
 * in one JVM, with class copies of their own and with shared classes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ChainBenchmark {
    private static final int CHAINS = 3;

    @Param({"true", "false"})
    public boolean isolated;

    private static final PieceEnd PIECE = new PieceEnd();

    private final ChunkReceiver[] entrances = new ChunkReceiver[CHAINS];
    private final Summing[] ends = new Summing[CHAINS];
    private final RecordChunk chunk = new RecordChunk(false);

    /** The end of a chain: adds up, so that nothing is optimised away. */
    static final class Summing extends Receiver {
        private long sum;

        @Override
        public void push(Object record, long timestampMs) {
            sum += ((Row) record).value;
        }

        @Override
        public void watermark(long timestampMs) {
            // Nobody is behind.
        }

        @Override
        public void idle() {
            // Nobody is behind.
        }
    }

    /** A record whose creation costs little beside the calls. */
    static final class Row {
        private int value;
    }

    @Setup
    public void buildChains() {
        List<List<OperatorSpec>> programs =
                List.of(
                        List.of(
                                map(row -> add(row, 1)),
                                filter(row -> row.value != -1),
                                map(row -> add(row, 3)),
                                map(row -> add(row, -4)),
                                filter(row -> row.value >= 0)),
                        List.of(
                                filter(row -> row.value != -2),
                                map(row -> xor(row, 5)),
                                map(row -> xor(row, 5)),
                                filter(row -> row.value != -3),
                                map(row -> add(row, 0))),
                        List.of(
                                map(row -> xor(row, 9)),
                                map(row -> add(row, 2)),
                                filter(row -> row.value != -9),
                                map(row -> add(row, -2)),
                                map(row -> xor(row, 9))));
        for (int i = 0; i < CHAINS; i++) {
            ends[i] = new Summing();
            entrances[i] = chain(programs.get(i), ends[i]);
        }
        for (int i = 0; i < RecordChunk.CAPACITY; i++) {
            Row row = new Row();
            row.value = i;
            chunk.add(row, RecordChunk.NO_TIMESTAMP);
        }
    }

    private ChunkReceiver chain(List<OperatorSpec> specs, Receiver end) {
        ClassCopies copies = new ClassCopies(isolated);
        StreamOperators catalogue = new StreamOperators();
        Operator first = null;
        Receiver next = end;
        for (int i = specs.size() - 1; i >= 0; i--) {
            OperatorSpec spec = specs.get(i);
            ChainedOperator operator =
                    new ChainedOperator(
                            i, null, "op " + i, spec.kind(), null, null, List.of(), List.of());
            first =
                    ChainParts.operator(
                            copies.at(
                                    "operator " + i,
                                    catalogue.operatorFor(
                                            spec.kind(), ExecutionMode.STREAMING, false)),
                            spec,
                            new OperatorContext(
                                    SCOPE,
                                    operator,
                                    i,
                                    null,
                                    new SideOutputs(Map.of()),
                                    List.of(),
                                    null,
                                    null),
                            next);
            next = first;
        }
        return ChainParts.entrance(first, 0, copies);
    }

    private static final TaskScope SCOPE =
            new TaskScope(
                    null,
                    "benchmark",
                    ExecutionMode.STREAMING,
                    null,
                    null,
                    true,
                    null,
                    null,
                    null,
                    null,
                    RestoredState.NONE,
                    null,
                    null);

    private static OperatorSpec map(MapFunction<Row, Row> function) {
        return new OperatorSpec.MapSpec(function);
    }

    private static OperatorSpec filter(FilterFunction<Row> function) {
        return new OperatorSpec.FilterSpec(function);
    }

    private static Row add(Row row, int number) {
        row.value += number;
        return row;
    }

    private static Row xor(Row row, int number) {
        row.value ^= number;
        return row;
    }

    /** One record through one chain of five operators. */
    @Benchmark
    @OperationsPerInvocation(CHAINS * RecordChunk.CAPACITY)
    public long recordThroughChain() {
        for (ChunkReceiver entrance : entrances) {
            entrance.accept(chunk, PIECE);
        }
        return ends[0].sum + ends[1].sum + ends[2].sum;
    }
}
