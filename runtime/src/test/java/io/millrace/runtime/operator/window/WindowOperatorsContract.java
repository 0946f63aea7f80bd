package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Windows against their definition, over random streams: each in chunks of several sizes, and
 * stopped and restored between any two records. A subclass says which back end holds the state.
 */
public abstract class WindowOperatorsContract {
    private static final KeySelector<Event, String> KEY = Event::key;
    private static final OutputTag<Event> LATE =
            new OutputTag<>("late", TypeInformation.of(Event.class));

    /** Of each kind; more find more. */
    private static final int STREAMS = Integer.getInteger("millrace.windows.streams", 1);

    /** Of a stream, each followed by a restore in one of the ways it is run. */
    protected int steps() {
        return 40;
    }

    @TempDir private Path directory;

    /** Of the option {@code state.backend.type}. */
    protected abstract String backend();

    /** What a window keeps, and what comes out of it. */
    enum Kept {
        REDUCED,
        IN_PLACE,
        AGGREGATED,
        UNMERGED,
        REDUCED_AND_SHOWN,
        AGGREGATED_AND_SHOWN,
        COLLECTED;

        WindowContents contents() {
            return switch (this) {
                case REDUCED, REDUCED_AND_SHOWN ->
                        new WindowContents.Reduced(new TestFunctions.SumIds());
                case IN_PLACE -> new WindowContents.Reduced(new TestFunctions.SumInPlace());
                case AGGREGATED, AGGREGATED_AND_SHOWN ->
                        new WindowContents.Aggregated(
                                new TestFunctions.SumUp(),
                                TypeInformation.of(TestFunctions.Sum.class));
                case UNMERGED ->
                        new WindowContents.Aggregated(
                                new TestFunctions.NeverMerged(),
                                TypeInformation.of(TestFunctions.Sum.class));
                case COLLECTED -> new WindowContents.Collected();
            };
        }

        boolean shows() {
            return this == COLLECTED || this == REDUCED_AND_SHOWN || this == AGGREGATED_AND_SHOWN;
        }

        TypeInformation<?> output() {
            return this == REDUCED || this == IN_PLACE
                    ? TypeInformation.of(Event.class)
                    : Types.STRING;
        }

        Object result(WindowOracle.Firing firing, long watermarkMs) {
            long sum = firing.events().stream().mapToLong(Event::id).sum();
            String total = firing.key() + " " + sum + " of " + firing.events().size();
            return switch (this) {
                case REDUCED ->
                        firing.events().size() == 1
                                ? firing.events().get(0)
                                : new Event(firing.key(), sum, 1);
                case IN_PLACE -> new Event(firing.key(), sum, 1);
                case AGGREGATED, UNMERGED -> total;
                case REDUCED_AND_SHOWN -> shown(firing, watermarkMs, List.of(Long.toString(sum)));
                case AGGREGATED_AND_SHOWN -> shown(firing, watermarkMs, List.of(total));
                case COLLECTED ->
                        shown(
                                firing,
                                watermarkMs,
                                firing.events().stream()
                                        .map(event -> Long.toString(event.id()))
                                        .sorted()
                                        .toList());
            };
        }

        private static String shown(
                WindowOracle.Firing firing, long watermarkMs, List<String> elements) {
            return firing.key()
                    + " ["
                    + firing.window().getStart()
                    + ","
                    + firing.window().getEnd()
                    + ") "
                    + elements
                    + " at "
                    + watermarkMs;
        }
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void tumblingWindowsGiveWhatTheDefinitionGives(Kept kept) {
        randomly(kept, random -> new TestWindows.Regular(20, 20, random.nextInt(-5, 25), true));
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void slidingWindowsGiveWhatTheDefinitionGives(Kept kept) {
        randomly(
                kept,
                random ->
                        new TestWindows.Regular(
                                random.nextInt(5, 40),
                                random.nextInt(4, 12),
                                random.nextInt(-20, 20),
                                true));
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void windowsWithGapsBetweenThemGiveWhatTheDefinitionGives(Kept kept) {
        randomly(kept, random -> new TestWindows.Regular(7, random.nextInt(9, 30), 3, true));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kept.class,
            names = {"UNMERGED"},
            mode = EnumSource.Mode.EXCLUDE)
    void sessionsGiveWhatTheDefinitionGives(Kept kept) {
        randomly(kept, random -> new TestWindows.Sessions(random.nextInt(1, 15), true));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kept.class,
            names = {"UNMERGED"},
            mode = EnumSource.Mode.EXCLUDE)
    void sessionsWhoseRecordsSayTheGapGiveWhatTheDefinitionGives(Kept kept) {
        randomly(kept, random -> new TestWindows.Sessions(0, true));
    }

    @ParameterizedTest
    @EnumSource(Kept.class)
    void aBatchJobGivesWhatTheDefinitionGivesWithoutTimeBeforeTheEnd(Kept kept) {
        Random random = new Random(kept.ordinal());
        List<WindowAssigner<?, ?>> assigners = new ArrayList<>();
        assigners.add(new TestWindows.Regular(20, 20, 7, true));
        assigners.add(new TestWindows.Regular(25, random.nextInt(4, 12), 3, true));
        assigners.add(new TestWindows.Regular(7, 12, 3, true));
        if (kept != Kept.UNMERGED) {
            assigners.add(new TestWindows.Sessions(10, true));
            assigners.add(new TestWindows.Sessions(0, true));
        }
        for (WindowAssigner<?, ?> assigner : assigners) {
            Stream stream = new Stream(random, 24, false);
            for (boolean batch : new boolean[] {false, true}) {
                Way way = // the others restore
                        batch
                                ? (harness, all) -> harness.batch(all, directory.resolve("batch"))
                                : OperatorHarness::catalogue;
                compare("batch " + batch + " " + kept, kept, assigner, 0, stream, way);
            }
        }
    }

    /** How an operator is run. */
    private interface Way {
        OperatorHarness of(OperatorHarness harness, OperatorCatalogue catalogue);
    }

    private void randomly(Kept kept, Function<Random, WindowAssigner<?, ?>> maker) {
        for (int i = 0; i < STREAMS; i++) {
            long seed = 1_000L * kept.ordinal() + i;
            Random random = new Random(seed);
            WindowAssigner<?, ?> assigner = maker.apply(random);
            long latenessMs = random.nextInt(3) * 15L;
            String what = kept + " seed " + seed + " lateness " + latenessMs;
            Stream stream = new Stream(random, steps(), true);
            Way way = (harness, all) -> harness.catalogue(all).restoring();
            compare(what, kept, assigner, latenessMs, stream, way);
        }
    }

    /** A random stream of few keys, with records that are late by a little or by much. */
    private static final class Stream {
        private final Script script = new Script();
        private final List<Function<WindowOracle, List<Object>>> steps = new ArrayList<>();

        /**
         * @param timed whether time goes on before the end
         */
        Stream(Random random, int length, boolean timed) {
            int keys = random.nextInt(1, 5);
            int disorder = random.nextInt(1, 40);
            long base = random.nextInt(3) * 50L - 60;
            long lastWatermark = Long.MIN_VALUE;
            long now = base;
            long newest = base;
            for (int i = 0; i < length; i++) {
                now += random.nextInt(6);
                if (random.nextInt(30) == 0) {
                    now += 100;
                }
                if (!timed || random.nextInt(4) > 0) {
                    long timestamp = now - random.nextInt(disorder);
                    newest = Math.max(newest, timestamp);
                    Event event =
                            new Event("key" + random.nextInt(keys), 1L << i, random.nextInt(1, 20));
                    script.record(event, timestamp);
                    steps.add(oracle -> oracle.record(event, timestamp));
                    continue;
                }
                long watermark = newest - random.nextInt(15) - 1;
                if (watermark > lastWatermark) {
                    lastWatermark = watermark;
                    script.watermark(watermark);
                    steps.add(oracle -> oracle.watermark(watermark));
                }
            }
            script.watermark(Long.MAX_VALUE); // as sources say at their end
            steps.add(oracle -> oracle.watermark(Long.MAX_VALUE));
        }
    }

    private void compare(
            String what,
            Kept kept,
            WindowAssigner<?, ?> assigner,
            long latenessMs,
            Stream stream,
            Way way) {
        OperatorSpec.WindowSpec spec = spec(kept, assigner, latenessMs);

        for (OperatorCatalogue catalogue : catalogues()) {
            OperatorHarness harness = harness(spec, kept);
            Played played = way.of(harness, catalogue).play(stream.script);
            WindowOracle oracle =
                    new WindowOracle(
                            assigner instanceof TestWindows.Regular regular ? regular : null,
                            assigner instanceof TestWindows.Sessions sessions ? sessions : null,
                            latenessMs,
                            kept::result);
            int at = 0;
            for (int step = 0; step < stream.steps.size(); step++) {
                List<Object> expected = stream.steps.get(step).apply(oracle);
                int end = Math.min(played.records().size(), at + expected.size());
                assertThat(sorted(played.records().subList(at, end)))
                        .as("%s, step %d of %s", what, step, assigner.getClass())
                        .isEqualTo(sorted(expected));
                at = end;
            }
            assertThat(played.records()).as(what).hasSize(at);
            assertThat(played.sides().get("late")).as(what).isEqualTo(oracle.late());
        }
    }

    /** As a job has it, and the general operator in place of those that know the windows. */
    private static List<OperatorCatalogue> catalogues() {
        return List.of(
                new StreamOperators(),
                (kind, mode, stored) ->
                        switch (kind) {
                            case SLICED_WINDOW, SESSION_WINDOW -> WindowOperator.class;
                            default -> new StreamOperators().operatorFor(kind, mode, stored);
                        });
    }

    private static List<String> sorted(List<Object> results) {
        return results.stream().map(Object::toString).sorted().toList();
    }

    private static OperatorSpec.WindowSpec spec(
            Kept kept, WindowAssigner<?, ?> assigner, long latenessMs) {
        ProcessWindowFunction<?, ?, ?, ?> function = kept.shows() ? new TestFunctions.Show() : null;
        return new OperatorSpec.WindowSpec(
                KEY,
                assigner,
                EventTimeTrigger.create(),
                null,
                kept.contents(),
                function,
                latenessMs,
                LATE);
    }

    private OperatorHarness harness(OperatorSpec spec, Kept kept) {
        return OperatorHarness.of(spec, TypeInformation.of(Event.class), kept.output())
                .keyedBy(KEY, Types.STRING)
                .side(LATE)
                .inAnyOrder(Comparator.comparing(Object::toString))
                .with("state.backend.type", backend())
                .spillingTo(directory.resolve("tasks"));
    }
}
