package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.ProcessingTimeTrigger;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.TumblingProcessingTimeWindows;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times that are odd, and ends of the input. A subclass says which back end holds the state. */
public abstract class WindowEdgesContract {
    private static final KeySelector<Event, String> KEY = Event::key;
    private static final OutputTag<Event> LATE =
            new OutputTag<>("late", TypeInformation.of(Event.class));

    @TempDir private Path directory;

    /** Of the option {@code state.backend.type}. */
    protected abstract String backend();

    private OperatorHarness windows(WindowAssigner<?, ?> assigner) {
        Trigger<?, ?> trigger =
                assigner.isEventTime() ? EventTimeTrigger.create() : ProcessingTimeTrigger.create();
        return OperatorHarness.of(
                        new OperatorSpec.WindowSpec(
                                KEY,
                                assigner,
                                trigger,
                                null,
                                new WindowContents.Aggregated(
                                        new TestFunctions.SumUp(),
                                        TypeInformation.of(TestFunctions.Sum.class)),
                                null,
                                0,
                                LATE),
                        TypeInformation.of(Event.class),
                        Types.STRING)
                .keyedBy(KEY, Types.STRING)
                .with("state.backend.type", backend())
                .spillingTo(directory.resolve("tasks"))
                .side(LATE);
    }

    private OperatorHarness tumbling(long size) {
        return windows(new TestWindows.Regular(size, size, 0, true));
    }

    /** Windows that the general operator runs, and whose records are shown. */
    private OperatorHarness collecting(WindowAssigner<?, ?> assigner, long latenessMs) {
        Trigger<?, ?> trigger =
                assigner.isEventTime() ? EventTimeTrigger.create() : ProcessingTimeTrigger.create();
        return OperatorHarness.of(
                        new OperatorSpec.WindowSpec(
                                KEY,
                                assigner,
                                trigger,
                                null,
                                new WindowContents.Collected(),
                                new TestFunctions.Show(),
                                latenessMs,
                                LATE),
                        TypeInformation.of(Event.class),
                        Types.STRING)
                .keyedBy(KEY, Types.STRING)
                .with("state.backend.type", backend())
                .spillingTo(directory.resolve("tasks"))
                .side(LATE);
    }

    @Test
    void aResultHasTheLastMillisecondOfItsWindowAsTimestamp() {
        Played played = tumbling(10).play(Script.of().record(new Event("a", 1), 3).watermark(9));

        assertThat(played.records()).containsExactly("a 1 of 1");
        assertThat(played.timestampsMs()).containsExactly(9L);
        assertThat(played.watermarksMs()).containsExactly(9L);
    }

    @Test
    void timesBeforeTheEpochHaveWindowsToo() {
        Played played =
                tumbling(10)
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), -1)
                                        .record(new Event("a", 2), -10)
                                        .record(new Event("a", 4), -11)
                                        .watermark(-1));

        assertThat(played.records()).containsExactly("a 4 of 1", "a 3 of 2");
        assertThat(played.timestampsMs()).containsExactly(-11L, -1L);
    }

    @Test
    void aRecordFarInTheFutureIsARowAsAnyOther() {
        long far = Slices.FARTHEST - 1;
        Played played =
                windows(new TestWindows.Regular(20, 5, 0, true))
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), 3)
                                        .record(new Event("a", 2), far)
                                        .watermark(20)
                                        .record(new Event("a", 4), 21)
                                        .watermark(Long.MAX_VALUE));

        assertThat(played.records()).hasSize(12).startsWith("a 1 of 1").contains("a 2 of 1");
        assertThat(played.sides().get("late")).isEmpty();
    }

    @Test
    void aRecordBeyondWhatWindowsCanHaveIsLate() {
        Played played =
                tumbling(10)
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), Long.MAX_VALUE)
                                        .record(new Event("a", 2), Long.MIN_VALUE + 1)
                                        .watermark(Long.MAX_VALUE));

        assertThat(played.records()).isEmpty();
        assertThat(played.sides().get("late"))
                .containsExactly(new Event("a", 1), new Event("a", 2));
    }

    @Test
    void aRecordBeyondWhatSessionsCanHaveIsLate() {
        Played played =
                windows(new TestWindows.Sessions(10, true))
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), Long.MAX_VALUE)
                                        .record(new Event("a", 2), Long.MIN_VALUE + 1)
                                        .record(new Event("a", 4), 3)
                                        .watermark(Long.MAX_VALUE));

        assertThat(played.records()).containsExactly("a 4 of 1");
        assertThat(played.sides().get("late"))
                .containsExactly(new Event("a", 1), new Event("a", 2));
    }

    @Test
    void aWindowThatWouldEndBehindAllTimeEndsThere() {
        Played played =
                collecting(TumblingEventTimeWindows.of(Duration.ofMillis(1_000)), 0)
                        .restoring()
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), Long.MAX_VALUE - 1)
                                        .watermark(0)
                                        .watermark(Long.MAX_VALUE));

        assertThat(played.records()).hasSize(1);
        assertThat(played.records().get(0).toString())
                .contains("," + Long.MAX_VALUE + ") [1] at " + Long.MAX_VALUE);
        assertThat(played.timestampsMs()).containsExactly(Long.MAX_VALUE - 1);
    }

    @Test
    void aWindowOfTheFirstMillisecondsOfTimeFiresWithTheFirstWatermark() {
        Played played =
                collecting(TumblingEventTimeWindows.of(Duration.ofMillis(1_000)), 0)
                        .restoring()
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), Long.MIN_VALUE + 1)
                                        .watermark(Long.MIN_VALUE + 2_000));

        assertThat(played.records()).hasSize(1);
        assertThat(played.records().get(0).toString()).startsWith("a [" + Long.MIN_VALUE + ",");
    }

    @Test
    void aWindowAsLongAsAllTimeHasEverything() {
        for (WindowAssigner<?, ?> assigner :
                List.of(
                        TumblingEventTimeWindows.of(Duration.ofMillis(Long.MAX_VALUE)),
                        EventTimeSessionWindows.withGap(Duration.ofMillis(Long.MAX_VALUE)))) {
            Played played =
                    collecting(assigner, 0)
                            .restoring()
                            .play(
                                    Script.of()
                                            .record(new Event("a", 1), 5)
                                            .watermark(1L << 61)
                                            .record(new Event("a", 2), 7)
                                            .watermark(Long.MAX_VALUE));

            assertThat(played.records()).hasSize(1);
            assertThat(played.records().get(0).toString()).contains("[1, 2]");
        }
    }

    @Test
    void aLatenessBeyondAllTimeKeepsWindowsForGood() {
        for (long latenessMs : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 5}) {
            Played played =
                    collecting(new TestWindows.Regular(10, 10, 0, true), latenessMs)
                            .restoring()
                            .play(
                                    Script.of()
                                            .record(new Event("a", 1), 5)
                                            .watermark(1L << 61)
                                            .record(new Event("a", 2), 7)
                                            .watermark(Long.MAX_VALUE));

            assertThat(played.records())
                    .containsExactly(
                            "a [0,10) [1] at " + (1L << 61), "a [0,10) [1, 2] at " + (1L << 61));
            assertThat(played.sides().get("late")).isEmpty();
        }
    }

    @Test
    void aWallClockThatIsSetBackPutsNoRecordIntoTwoResults() {
        for (WindowAssigner<?, ?> assigner :
                List.of(
                        new TestWindows.Regular(1_000, 1_000, 0, false),
                        new TestWindows.Sessions(300, false))) {
            Script script =
                    Script.of(new Event("a", 1))
                            .passMs(1_500)
                            .setBackMs(1_400)
                            .record(new Event("a", 2))
                            .passMs(50)
                            .record(new Event("a", 4))
                            .passMs(5_000);

            assertThat(windows(assigner).play(script).records())
                    .containsExactly("a 1 of 1", "a 6 of 2");
            assertThat(collecting(assigner, 0).play(script).records())
                    .hasSize(2)
                    .anyMatch(each -> each.toString().contains("[1]"))
                    .anyMatch(each -> each.toString().contains("[2, 4]"));
        }
    }

    @Test
    void aWallClockThatJumpsFarFiresWhatIsThereOnce() {
        long year = Duration.ofDays(365).toMillis();
        for (WindowAssigner<?, ?> assigner :
                List.of(
                        new TestWindows.Regular(1_000, 1_000, 0, false),
                        new TestWindows.Sessions(300, false))) {
            Script script =
                    Script.of(new Event("a", 1))
                            .passMs(year)
                            .record(new Event("a", 2))
                            .passMs(year);

            assertThat(windows(assigner).restoring().play(script).records())
                    .containsExactly("a 1 of 1", "a 2 of 1");
            assertThat(collecting(assigner, 0).restoring().play(script).records()).hasSize(2);
        }
    }

    @Test
    void aWindowOfTheWallClockIsNotOverInItsLastMillisecond() {
        for (WindowAssigner<?, ?> assigner :
                List.of(
                        new TestWindows.Regular(1_000, 1_000, 0, false),
                        TumblingProcessingTimeWindows.of(Duration.ofMillis(1_000)))) {
            Script script =
                    Script.of(new Event("a", 1))
                            .passMs(999)
                            .record(new Event("a", 2))
                            .passMs(1)
                            .record(new Event("a", 4))
                            .passMs(1_000);

            assertThat(windows(assigner).restoring().play(script).records())
                    .containsExactly("a 3 of 2", "a 4 of 1");
            assertThat(collecting(assigner, 0).restoring().play(script).records())
                    .hasSize(2)
                    .anyMatch(each -> each.toString().contains("[1, 2]"))
                    .anyMatch(each -> each.toString().contains("[4]"));
        }
    }

    @Test
    void aRecordWithoutATimestampIsAnErrorThatSaysWhatIsMissing() {
        for (WindowAssigner<?, ?> assigner :
                List.of(
                        new TestWindows.Regular(10, 10, 0, true),
                        new TestWindows.Sessions(5, true),
                        TumblingEventTimeWindows.of(Duration.ofMillis(10)),
                        SlidingEventTimeWindows.of(Duration.ofMillis(10), Duration.ofMillis(5)),
                        EventTimeSessionWindows.withGap(Duration.ofMillis(10)))) {
            assertThatThrownBy(
                            () -> windows(assigner).play(Script.of(new Event("a", 1)).watermark(9)))
                    .hasMessageContaining("RECORD_WITHOUT_TIMESTAMP")
                    .hasMessageContaining("assignTimestampsAndWatermarks");
            if (assigner.getClass().getEnclosingClass() == null) { // the program's own assigners
                assertThatThrownBy(
                                () ->
                                        collecting(assigner, 0)
                                                .play(Script.of(new Event("a", 1)).watermark(9)))
                        .hasMessageContaining("RECORD_WITHOUT_TIMESTAMP")
                        .hasMessageContaining(assigner.getClass().getSimpleName());
            }
        }
    }

    @Test
    void aGapThatIsNoneIsAnErrorThatSaysSo() {
        assertThatThrownBy(
                        () ->
                                windows(new TestWindows.Sessions(0, true))
                                        .play(Script.of().record(new Event("a", 1, 0), 3)))
                .hasMessageContaining("gap")
                .hasMessageContaining("at least 1");
    }

    @Test
    void whatIsLateBetweenTwoWindowsIsLateOnlyIfTimeHasPassedIt() {
        Played played =
                windows(new TestWindows.Regular(5, 10, 0, true))
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), 7)
                                        .watermark(8)
                                        .record(new Event("a", 2), 8)
                                        .record(new Event("a", 4), 9));

        assertThat(played.records()).isEmpty();
        assertThat(played.sides().get("late")).containsExactly(new Event("a", 2));
    }

    @Test
    void windowsOfTheWallClockFireWhenItHasPassedThem() {
        // The clock of the test begins at a time that these windows divide.
        Played played =
                windows(new TestWindows.Regular(1_000, 1_000, 0, false))
                        .restoring()
                        .play(
                                Script.of(new Event("a", 1), new Event("b", 2))
                                        .passMs(400)
                                        .record(new Event("a", 4))
                                        .passMs(10_000)
                                        .record(new Event("a", 8))
                                        .passMs(10_000));

        assertThat(played.records()).containsExactlyInAnyOrder("a 5 of 2", "b 2 of 1", "a 8 of 1");
        assertThat(played.timestampsMs()).doesNotContain(RecordChunk.NO_TIMESTAMP);
    }

    @Test
    void sessionsOfTheWallClockFireWhenItHasPassedThem() {
        Played played =
                windows(new TestWindows.Sessions(100, false))
                        .restoring()
                        .play(
                                Script.of(new Event("a", 1))
                                        .passMs(60)
                                        .record(new Event("a", 2))
                                        .passMs(60)
                                        .record(new Event("a", 4))
                                        .passMs(200)
                                        .record(new Event("a", 8))
                                        .passMs(200));

        assertThat(played.records()).containsExactly("a 7 of 3", "a 8 of 1");
    }

    @Test
    void windowsOfTheWallClockAreDroppedAtTheEndOfAStreamAndFireAtThatOfABatchJob() {
        for (WindowAssigner<?, ?> assigner :
                List.of(
                        new TestWindows.Regular(1_000, 1_000, 0, false),
                        new TestWindows.Regular(1_000, 500, 0, false),
                        new TestWindows.Sessions(100, false))) {
            assertThat(windows(assigner).run(List.of(new Event("a", 1)))).isEmpty();
            assertThat(
                            windows(assigner)
                                    .batch(new StreamOperators(), directory)
                                    .run(List.of(new Event("a", 1))))
                    .contains("a 1 of 1");
        }
    }
}
