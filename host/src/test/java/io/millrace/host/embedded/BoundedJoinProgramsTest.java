package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.bounded.Bounded;
import io.millrace.api.bounded.JoinHint;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichJoinFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that join streams without windows, on the embedded cluster. */
@Timeout(60)
class BoundedJoinProgramsTest {
    private static final TypeInformation<Tuple2<String, Long>> NAMED =
            Types.TUPLE(Types.STRING, Types.LONG);

    private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of("embedded.workers", "2", "batch.reduce-memory", "64KB")));
        env.setRuntimeMode(mode);
        env.setParallelism(3);
        return env;
    }

    private static <T> List<T> results(DataStream<T> stream) throws Exception {
        List<T> collected = new ArrayList<>();
        try (CloseableIterator<T> results = stream.executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        return collected;
    }

    /** Both from one source, so that whoever reads one of them first must read the other too. */
    private record Inputs(DataStream<Long> numbers, DataStream<Tuple2<String, Long>> named) {
        static Inputs of(RuntimeExecutionMode mode) {
            DataStream<Long> numbers = environment(mode).fromSequence(0, 9_999);
            return new Inputs(
                    numbers,
                    numbers.filter(number -> number % 4 == 0)
                            .map(number -> Tuple2.of("n" + number, number), NAMED));
        }
    }

    static Stream<Arguments> modesAndHints() {
        return Stream.of(RuntimeExecutionMode.BATCH, RuntimeExecutionMode.STREAMING)
                .flatMap(
                        mode -> Stream.of(JoinHint.values()).map(hint -> Arguments.of(mode, hint)));
    }

    @ParameterizedTest
    @MethodSource("modesAndHints")
    void pairsAreThoseOfEqualKeys(RuntimeExecutionMode mode, JoinHint hint) throws Exception {
        Inputs inputs = Inputs.of(mode);

        List<String> pairs =
                results(
                        Bounded.of(inputs.numbers())
                                .join(inputs.named())
                                .where(number -> number)
                                .equalTo(named -> named.f1)
                                .hint(hint)
                                .with((number, named) -> number + named.f0, Types.STRING));

        List<String> expected = new ArrayList<>();
        for (long number = 0; number < 10_000; number += 4) {
            expected.add(number + "n" + number);
        }
        assertThat(pairs).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void recordsWithoutAPartnerAreKeptIfTheyAreAskedFor(RuntimeExecutionMode mode)
            throws Exception {
        Inputs left = Inputs.of(mode);
        List<String> alone =
                results(
                        Bounded.of(left.numbers())
                                .leftOuterJoin(left.named())
                                .where(number -> number == 8 ? null : number)
                                .equalTo(named -> named.f1 == 12 ? null : named.f1)
                                .<String>with(
                                        (number, named, out) -> {
                                            if (named == null && number < 14) {
                                                out.collect("number " + number);
                                            }
                                        }));
        Collections.sort(alone);
        assertThat(alone)
                .containsExactly(
                        "number 1",
                        "number 10",
                        "number 11",
                        "number 12",
                        "number 13",
                        "number 2",
                        "number 3",
                        "number 5",
                        "number 6",
                        "number 7",
                        "number 8",
                        "number 9");

        Inputs full = Inputs.of(mode);
        assertThat(
                        results(
                                Bounded.of(full.numbers().filter(number -> number < 3))
                                        .fullOuterJoin(full.named().filter(named -> named.f1 < 5))
                                        .where(number -> number)
                                        .equalTo(named -> named.f1)
                                        .with(
                                                (number, named) -> number + " " + named,
                                                Types.STRING)))
                .containsExactlyInAnyOrder("0 (n0,0)", "1 null", "2 null", "null (n4,4)");
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void recordsStayOrGoByWhetherTheyHaveAPartner(RuntimeExecutionMode mode) throws Exception {
        Inputs semi = Inputs.of(mode);
        assertThat(
                        results(
                                Bounded.of(semi.numbers())
                                        .semiJoin(semi.named().union(semi.named()))
                                        .where(number -> number)
                                        .equalTo(named -> named.f1)
                                        .toStream()))
                .hasSize(2_500)
                .doesNotHaveDuplicates()
                .allMatch(number -> number % 4 == 0);

        Inputs anti = Inputs.of(mode);
        assertThat(
                        results(
                                Bounded.of(anti.numbers())
                                        .antiJoin(anti.named())
                                        .where(number -> number)
                                        .equalTo(named -> named.f1)
                                        .hint(JoinHint.BROADCAST_HASH_SECOND)
                                        .toStream()))
                .hasSize(7_500)
                .doesNotHaveDuplicates()
                .allMatch(number -> number % 4 != 0);
    }

    @Test
    void stagesOfAnyNumberOfSubtasksJoinAndSort() throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of(
                                        "embedded.workers",
                                        "2",
                                        "batch.reduce-memory",
                                        "64KB",
                                        "execution.batch.adaptive.auto-parallelism.enabled",
                                        "true",
                                        "execution.batch.adaptive.auto-parallelism.avg-data-volume-per-task",
                                        "1KB")));
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        DataStream<Long> numbers = env.fromSequence(0, 9_999);
        DataStream<Long> sums = numbers.keyBy(number -> number % 1_000).reduce(Long::sum);

        List<Long> joined =
                results(
                        Bounded.of(
                                        Bounded.of(numbers)
                                                .join(sums)
                                                .where(number -> number)
                                                .equalTo(sum -> sum / 10)
                                                .with((number, sum) -> number, Types.LONG))
                                .sort(number -> -number)
                                .setParallelism(2));

        // The sum of n, n + 1000, … n + 9000 is ten times n + 4500.
        List<Long> expected = new ArrayList<>();
        for (long n = 4_500; n < 5_500; n++) {
            expected.add(n);
        }
        assertThat(joined).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Says whether it was opened. */
    private static final class Opened extends RichJoinFunction<Long, Tuple2<String, Long>, String> {
        private static final long serialVersionUID = 1L;
        private transient boolean opened;

        @Override
        public void open(OpenContext openContext) {
            opened = getRuntimeContext() != null;
        }

        @Override
        public String join(Long first, Tuple2<String, Long> second) {
            return opened ? second.f0 : "not opened";
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "STREAMING"})
    void aRichFunctionIsOpened(RuntimeExecutionMode mode) throws Exception {
        Inputs inputs = Inputs.of(mode);
        assertThat(
                        results(
                                Bounded.of(inputs.numbers().filter(number -> number == 40))
                                        .join(inputs.named())
                                        .where(number -> number)
                                        .equalTo(named -> named.f1)
                                        .with(new Opened())))
                .containsExactly("n40");
    }
}
