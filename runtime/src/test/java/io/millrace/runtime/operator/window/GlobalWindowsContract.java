package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.serialization.SerializerSettings;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.ContinuousEventTimeTrigger;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.DeltaEvictor;
import io.millrace.api.window.DeltaTrigger;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.GlobalWindow;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.PurgingTrigger;
import io.millrace.api.window.TimeEvictor;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.delta.DeltaFunction;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One window for all records of a key, with each trigger and each evictor, against the definition:
 * over random streams, in chunks of several sizes, stopped and restored between any two records. A
 * subclass says which back end holds the state.
 */
public abstract class GlobalWindowsContract {
    private static final KeySelector<Event, String> KEY = Event::key;

    /** Of each pair of trigger and evictor; more find more. */
    private static final int STREAMS = Integer.getInteger("millrace.windows.streams", 1);

    @TempDir private Path directory;

    /** Of the option {@code state.backend.type}. */
    protected abstract String backend();

    /** Of a stream, each followed by a restore in one of the ways it is run. */
    protected int steps() {
        return 25;
    }

    static Stream<Arguments> pairs() {
        return Stream.of(GlobalOracle.Fires.values())
                .flatMap(
                        fires ->
                                Stream.of(GlobalOracle.Leaves.values())
                                        .map(leaves -> Arguments.of(fires, leaves)));
    }

    /** How much two records differ. */
    private static final class ByGap implements DeltaFunction<Event> {
        private static final long serialVersionUID = 1L;

        @Override
        public double getDelta(Event oldDataPoint, Event newDataPoint) {
            return GlobalOracle.difference(oldDataPoint, newDataPoint);
        }
    }

    /** Shows the ids in their order. */
    private static final class Ids
            extends ProcessWindowFunction<Event, String, String, GlobalWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                String key, Context context, Iterable<Event> elements, Collector<String> out) {
            List<Long> ids = new ArrayList<>();
            elements.forEach(event -> ids.add(event.id()));
            out.collect(key + " " + ids);
        }
    }

    private static Trigger<?, GlobalWindow> trigger(GlobalOracle.Fires fires) {
        return switch (fires) {
            case EACH_THIRD -> CountTrigger.of(GlobalOracle.COUNT);
            case EACH_THIRD_AND_DROPS ->
                    PurgingTrigger.of(CountTrigger.<GlobalWindow>of(GlobalOracle.COUNT));
            case ON_A_DIFFERENCE ->
                    DeltaTrigger.of(
                            GlobalOracle.DIFFERENCE,
                            new ByGap(),
                            TypeInformation.of(Event.class)
                                    .createSerializer(new SerializerSettings()));
            case EVERY_TWENTY_MS ->
                    ContinuousEventTimeTrigger.of(Duration.ofMillis(GlobalOracle.INTERVAL_MS));
        };
    }

    /** Null where all stay. */
    private static Evictor<?, GlobalWindow> evictor(GlobalOracle.Leaves leaves) {
        return switch (leaves) {
            case ALL -> null;
            case LAST_TWO_BEFORE, LAST_TWO_AFTER ->
                    CountEvictor.of(GlobalOracle.LAST, leaves.isAfter());
            case LAST_TEN_MS_BEFORE, LAST_TEN_MS_AFTER ->
                    TimeEvictor.of(Duration.ofMillis(GlobalOracle.LAST_MS), leaves.isAfter());
            case NEAR_THE_LAST_BEFORE, NEAR_THE_LAST_AFTER ->
                    DeltaEvictor.of(GlobalOracle.DIFFERENCE, new ByGap(), leaves.isAfter());
        };
    }

    private OperatorHarness harness(GlobalOracle.Fires fires, GlobalOracle.Leaves leaves) {
        return OperatorHarness.of(
                        new OperatorSpec.WindowSpec(
                                KEY,
                                GlobalWindows.create(),
                                trigger(fires),
                                evictor(leaves),
                                new WindowContents.Collected(),
                                new Ids(),
                                0,
                                null),
                        TypeInformation.of(Event.class),
                        Types.STRING)
                .keyedBy(KEY, Types.STRING)
                .inAnyOrder(Comparator.comparing(Object::toString))
                .with("state.backend.type", backend())
                .spillingTo(directory.resolve("tasks"));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void givesWhatTheDefinitionGives(GlobalOracle.Fires fires, GlobalOracle.Leaves leaves) {
        for (int seed = 0; seed < STREAMS; seed++) {
            Random random = new Random(100L * fires.ordinal() + 10L * leaves.ordinal() + seed);
            Script script = new Script();
            List<Function<GlobalOracle, List<String>>> steps = new ArrayList<>();
            long now = random.nextInt(100) - 50;
            long watermark = Long.MIN_VALUE;
            for (int i = 0; i < steps(); i++) {
                now += random.nextInt(8);
                if (random.nextInt(5) > 0) {
                    record(script, steps, random, i, now - random.nextInt(15));
                } else if (now - 10 > watermark) {
                    watermark = now - 10;
                    long timestampMs = watermark;
                    script.watermark(timestampMs);
                    steps.add(oracle -> oracle.watermark(timestampMs));
                }
            }
            script.watermark(Long.MAX_VALUE);
            steps.add(oracle -> oracle.watermark(Long.MAX_VALUE));

            Played played = harness(fires, leaves).restoring().play(script);

            compare(played, new GlobalOracle(fires, leaves), steps);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aBatchJobGivesWhatAStreamGivesThatHasNoTimeBeforeItsEnd(
            GlobalOracle.Fires fires, GlobalOracle.Leaves leaves) {
        Random random = new Random(7L * fires.ordinal() + leaves.ordinal());
        Script script = new Script();
        List<Function<GlobalOracle, List<String>>> steps = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            record(script, steps, random, i, random.nextInt(100));
        }
        script.watermark(Long.MAX_VALUE);
        steps.add(oracle -> oracle.watermark(Long.MAX_VALUE));

        Played played =
                harness(fires, leaves)
                        .batch(new StreamOperators(), directory.resolve("batch"))
                        .play(script);

        compare(played, new GlobalOracle(fires, leaves), steps);
    }

    private static void record(
            Script script,
            List<Function<GlobalOracle, List<String>>> steps,
            Random random,
            int id,
            long timestampMs) {
        Event event = new Event("key" + random.nextInt(3), id, random.nextInt(1, 20));
        script.record(event, timestampMs);
        steps.add(oracle -> oracle.record(event, timestampMs));
    }

    /** Keys may fire in any order where time goes on; what a record brings comes at once. */
    private static void compare(
            Played played, GlobalOracle oracle, List<Function<GlobalOracle, List<String>>> steps) {
        int at = 0;
        for (int step = 0; step < steps.size(); step++) {
            List<String> expected = steps.get(step).apply(oracle);
            int end = Math.min(played.records().size(), at + expected.size());
            assertThat(played.records().subList(at, end))
                    .as("step %d", step)
                    .containsExactlyInAnyOrderElementsOf(List.copyOf(expected));
            at = end;
        }
        assertThat(played.records()).hasSize(at);
    }
}
