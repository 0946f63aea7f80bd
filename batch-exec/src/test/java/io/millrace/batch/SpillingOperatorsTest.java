package io.millrace.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapPartitionFunction;
import io.millrace.api.graph.BoundedJoinKind;
import io.millrace.api.graph.BoundedJoinWay;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How operators that put records on disk end before their time. */
class SpillingOperatorsTest {
    private static final TypeInformation<?> PAIR = Types.TUPLE(Types.STRING, Types.LONG);
    private static final KeySelector<Tuple2<String, Long>, String> BY_WORD = pair -> pair.f0;
    private static final KeySelector<Tuple2<String, Long>, Long> BY_NUMBER = pair -> pair.f1;
    private static final MapPartitionFunction<Object, Object> ALL =
            (values, out) -> values.forEach(out::collect);

    @TempDir Path directory;

    /** The operators. */
    private enum Spilling {
        SORTED_PARTITION(new OperatorSpec.FullPartitionSpec(ALL, null, BY_NUMBER, true)),
        SORTED_KEYS(new OperatorSpec.FullPartitionSpec(ALL, BY_WORD, BY_NUMBER, true)),
        FOLDED_KEYS(
                new OperatorSpec.PartitionFoldSpec(
                        new WindowContents.Aggregated(new Listing(), Listing.VALUES), BY_WORD)),
        FOLDED_WINDOWS(
                EndWindowTest.spec(
                        new WindowContents.Aggregated(new Listing(), Listing.VALUES), null)),
        REDUCE(
                new OperatorSpec.KeyedReduceSpec(
                        BY_WORD, (Tuple2<String, Long> a, Tuple2<String, Long> b) -> a)),
        GLOBAL_SORT(new OperatorSpec.GlobalSortSpec(BY_NUMBER, null, true)),
        GROUPED_INPUT(new OperatorSpec.KeyedProcessSpec(BY_WORD, new Passing())),
        JOIN_BY_TABLE(join(BoundedJoinWay.TABLE_OF_SECOND)),
        JOIN_BY_SORT(join(BoundedJoinWay.SORT));

        private final OperatorSpec spec;

        Spilling(OperatorSpec spec) {
            this.spec = spec;
        }

        private static OperatorSpec join(BoundedJoinWay way) {
            return new OperatorSpec.BoundedJoinSpec(
                    BY_WORD,
                    BY_WORD,
                    BoundedJoinKind.INNER,
                    way,
                    (Object a, Object b, Collector<Object> out) -> out.collect(a));
        }

        OperatorHarness harness(Path spill) {
            boolean joins = spec.kind() == OperatorSpec.Kind.BOUNDED_JOIN;
            OperatorHarness harness =
                    joins
                            ? OperatorHarness.ofTwo(spec, PAIR, PAIR, PAIR)
                            : OperatorHarness.of(spec, PAIR, PAIR);
            boolean keyed =
                    this == SORTED_KEYS
                            || this == FOLDED_KEYS
                            || this == FOLDED_WINDOWS
                            || this == REDUCE
                            || this == GROUPED_INPUT;
            return (keyed ? harness.keyedBy(BY_WORD) : harness)
                    .batch(new BatchOperators(), spill)
                    .with("batch.reduce-memory", "64KB");
        }

        Script script() {
            Random random = new Random(5);
            Script script = new Script();
            for (int i = 0; i < 6_000; i++) {
                Tuple2<String, Long> pair =
                        Tuple2.of("word" + random.nextInt(3_000), random.nextLong());
                script.record(pair);
                if (spec.kind() == OperatorSpec.Kind.BOUNDED_JOIN) {
                    script.second(pair);
                }
            }
            return script;
        }
    }

    /** Passes on what it gets. */
    private static final class Passing
            extends KeyedProcessFunction<String, Tuple2<String, Long>, Tuple2<String, Long>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(
                Tuple2<String, Long> pair, Context ctx, Collector<Tuple2<String, Long>> out) {
            out.collect(pair);
        }
    }

    private Path spill() {
        return directory.resolve("spill");
    }

    private void assertThatFilesAreThere() {
        try (Stream<Path> files = Files.list(spill())) {
            assertThat(files).isNotEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void clearFaults() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    static Stream<Arguments> points() {
        return Stream.of(Spilling.values())
                .flatMap(
                        operator ->
                                FaultPoint.of(FaultPoint.Room.SPILL).stream()
                                        .flatMap(
                                                point ->
                                                        Stream.of("", ":3")
                                                                .map(
                                                                        passes ->
                                                                                Arguments.of(
                                                                                        operator,
                                                                                        point
                                                                                                + passes))));
    }

    @ParameterizedTest
    @MethodSource("points")
    void aFullDiskIsNamedAndNoFileIsLeft(Spilling operator, String point) {
        System.setProperty(FaultPoint.CRASH_HOW, "fail");
        System.setProperty(FaultPoint.CRASH_AT, point);

        assertThatThrownBy(() -> operator.harness(spill()).play(operator.script()))
                .hasMessageContaining("STORAGE_FAILED")
                .hasMessageContaining("tested")
                .hasMessageContaining(spill().toString())
                .hasMessageContaining("task.spill-directory");
        assertThat(spill()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void aCancelWhileRecordsComeLeavesNoFile(Spilling operator) {
        operator.harness(spill()).cancel(operator.script(), 0, this::assertThatFilesAreThere);

        assertThat(spill()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void aCancelWhileResultsGoOutLeavesNoFile(Spilling operator) {
        operator.harness(spill()).cancel(operator.script(), 2, this::assertThatFilesAreThere);

        assertThat(spill()).doesNotExist();
    }
}
