package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.bounded.Bounded;
import io.millrace.api.bounded.JoinHint;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Joins one key of which has nearly all records of one stream, with and without cutting it. */
@Timeout(120)
class SkewedJoinProgramsTest {
    private static final String ADAPTIVE = "execution.batch.adaptive.";
    private static final long HOT = 7;

    /** The subtasks that gave results of the hot key. */
    private static final Set<Integer> OF_HOT_KEY = new ConcurrentSkipListSet<>();

    @BeforeEach
    void nothingHasRunYet() {
        OF_HOT_KEY.clear();
    }

    /** Which join, which stream is skewed, and whether it may then be cut. */
    enum Kind {
        INNER,
        LEFT_OUTER,
        RIGHT_OUTER,
        FULL_OUTER,
        SEMI,
        ANTI
    }

    private static final class Seen extends RichMapFunction<String, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String map(String result) {
            if (result.contains("hot")) {
                OF_HOT_KEY.add(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
            }
            return result;
        }
    }

    private static StreamExecutionEnvironment environment(boolean cut) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                new TreeMap<>(
                                        Map.of(
                                                "embedded.workers",
                                                "2",
                                                "batch.reduce-memory",
                                                "64KB",
                                                ADAPTIVE
                                                        + "auto-parallelism.avg-data-volume-per-task",
                                                "2 kb",
                                                ADAPTIVE + "auto-parallelism.max-parallelism",
                                                "9",
                                                ADAPTIVE + "skewed-optimization.skewed-threshold",
                                                "2 kb",
                                                ADAPTIVE + "skewed-optimization.enabled",
                                                String.valueOf(cut)))));
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        return env;
    }

    /** Many records: nine of ten have the hot key; some null, some without a partner. */
    private static DataStream<String> many(StreamExecutionEnvironment env, String name) {
        return env.fromSequence(0, 9_999)
                .setParallelism(4)
                .map(
                        n -> {
                            long mixed = n * 0x9E3779B97F4A7C15L;
                            String key =
                                    n % 10 != 0 ? "hot" : n % 100 == 0 ? "none" : "k" + n % 170;
                            return key + " " + name + n + " " + Long.toHexString(mixed);
                        },
                        Types.STRING)
                .setParallelism(4);
    }

    private static DataStream<String> few(StreamExecutionEnvironment env, String name) {
        return env.fromSequence(0, 59)
                .setParallelism(2)
                .map(
                        n -> (n < 3 ? "hot" : n % 20 == 0 ? "none" : "k" + n * 3) + " " + name + n,
                        Types.STRING)
                .setParallelism(2);
    }

    /** Null for "none". */
    private static String keyOf(String record) {
        String key = record.substring(0, record.indexOf(' '));
        return key.equals("none") ? null : key;
    }

    private static List<String> run(Kind kind, JoinHint hint, boolean leftIsMany, boolean cut)
            throws Exception {
        StreamExecutionEnvironment env = environment(cut);
        DataStream<String> left = leftIsMany ? many(env, "l") : few(env, "l");
        DataStream<String> right = leftIsMany ? few(env, "r") : many(env, "r");
        Bounded<String> bounded = Bounded.of(left);
        DataStream<String> joined =
                switch (kind) {
                    case INNER ->
                            bounded.join(right)
                                    .where(SkewedJoinProgramsTest::keyOf)
                                    .equalTo(SkewedJoinProgramsTest::keyOf)
                                    .hint(hint)
                                    .with((l, r) -> l + "|" + r, Types.STRING);
                    case LEFT_OUTER ->
                            bounded.leftOuterJoin(right)
                                    .where(SkewedJoinProgramsTest::keyOf)
                                    .equalTo(SkewedJoinProgramsTest::keyOf)
                                    .hint(hint)
                                    .with((l, r) -> l + "|" + r, Types.STRING);
                    case RIGHT_OUTER ->
                            bounded.rightOuterJoin(right)
                                    .where(SkewedJoinProgramsTest::keyOf)
                                    .equalTo(SkewedJoinProgramsTest::keyOf)
                                    .hint(hint)
                                    .with((l, r) -> l + "|" + r, Types.STRING);
                    case FULL_OUTER ->
                            bounded.fullOuterJoin(right)
                                    .where(SkewedJoinProgramsTest::keyOf)
                                    .equalTo(SkewedJoinProgramsTest::keyOf)
                                    .hint(hint)
                                    .with((l, r) -> l + "|" + r, Types.STRING);
                    case SEMI ->
                            bounded.semiJoin(right)
                                    .where(SkewedJoinProgramsTest::keyOf)
                                    .equalTo(SkewedJoinProgramsTest::keyOf)
                                    .hint(hint)
                                    .toStream();
                    case ANTI ->
                            bounded.antiJoin(right.filter(record -> !record.startsWith("hot")))
                                    .where(SkewedJoinProgramsTest::keyOf)
                                    .equalTo(SkewedJoinProgramsTest::keyOf)
                                    .hint(hint)
                                    .toStream();
                };
        List<String> collected = new ArrayList<>();
        try (CloseableIterator<String> results = joined.map(new Seen()).executeAndCollect()) {
            results.forEachRemaining(collected::add);
        }
        collected.sort(null);
        return collected;
    }

    private static boolean mayBeCut(Kind kind, boolean leftIsMany) {
        return switch (kind) {
            case INNER -> true;
            case LEFT_OUTER, SEMI, ANTI -> leftIsMany;
            case RIGHT_OUTER -> !leftIsMany;
            case FULL_OUTER -> false;
        };
    }

    static Stream<Arguments> joins() {
        List<Arguments> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (boolean leftIsMany : new boolean[] {true, false}) {
                for (JoinHint hint :
                        List.of(
                                JoinHint.REPARTITION_HASH_FIRST,
                                JoinHint.REPARTITION_HASH_SECOND,
                                JoinHint.REPARTITION_SORT_MERGE)) {
                    all.add(Arguments.of(kind, hint, leftIsMany));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("joins")
    void resultsAreThoseOfAJoinThatIsNotCut(Kind kind, JoinHint hint, boolean leftIsMany)
            throws Exception {
        List<String> whole = run(kind, hint, leftIsMany, false);
        assertThat(OF_HOT_KEY).hasSizeLessThanOrEqualTo(1);
        OF_HOT_KEY.clear();

        List<String> cut = run(kind, hint, leftIsMany, true);

        assertThat(cut).isEqualTo(whole).isNotEmpty();
        boolean hasHotResults = whole.stream().anyMatch(result -> result.contains("hot"));
        assertThat(OF_HOT_KEY.size() > 1)
                .as("subtasks with results of the hot key: %s", OF_HOT_KEY)
                .isEqualTo(mayBeCut(kind, leftIsMany) && hasHotResults);
    }
}
