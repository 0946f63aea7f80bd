package io.millrace.api.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Laws of assigners, and what they do at the edges of time. */
class TimeWindowsTest {
    private static final WindowAssigner.WindowAssignerContext AT_1000 =
            new WindowAssigner.WindowAssignerContext() {
                @Override
                public long getCurrentProcessingTime() {
                    return 1_000;
                }
            };

    @Test
    void putsEachRecordIntoExactlyTheWindowsThatHaveItsTime() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            long slide = 1 + random.nextInt(50);
            long size = 1 + random.nextInt(200);
            long offset = random.nextInt((int) slide) * (random.nextBoolean() ? 1 : -1);
            long time = random.nextInt(2_000) - 1_000;
            var assigner =
                    SlidingEventTimeWindows.of(
                            Duration.ofMillis(size),
                            Duration.ofMillis(slide),
                            Duration.ofMillis(offset));

            Collection<TimeWindow> windows = assigner.assignWindows("", time, AT_1000);

            List<TimeWindow> expected = new ArrayList<>();
            for (long start = time; start > time - size; start--) {
                if (Math.floorMod(start - offset, slide) == 0) {
                    expected.add(new TimeWindow(start, start + size));
                }
            }
            assertThat(windows).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void movesTumblingWindowsByTheirOffset() {
        var assigner = TumblingEventTimeWindows.of(Duration.ofMillis(10), Duration.ofMillis(3));

        assertThat(assigner.assignWindows("", 2, AT_1000)).containsExactly(new TimeWindow(-7, 3));
        assertThat(assigner.assignWindows("", 3, AT_1000)).containsExactly(new TimeWindow(3, 13));
    }

    @Test
    void startsNaturallyStaggeredWindowsAtTheFirstRecord() {
        var assigner =
                TumblingProcessingTimeWindows.of(
                        Duration.ofMillis(300), Duration.ZERO, WindowStagger.NATURAL);

        assertThat(assigner.isAligned()).isFalse();
        assertThat(assigner.assignWindows("", 0, AT_1000))
                .containsExactly(new TimeWindow(1_000, 1_300));
    }

    @Test
    void endsTheLastWindowWithTheLastMillisecondOfTime() {
        var tumbling = TumblingEventTimeWindows.of(Duration.ofMillis(1_000));
        var session = EventTimeSessionWindows.withGap(Duration.ofMillis(1_000));

        for (WindowAssigner<Object, TimeWindow> assigner : List.of(tumbling, session)) {
            assertThat(assigner.assignWindows("", Long.MAX_VALUE - 1, AT_1000))
                    .singleElement()
                    .satisfies(window -> assertThat(window.getEnd()).isEqualTo(Long.MAX_VALUE))
                    .satisfies(
                            window ->
                                    assertThat(window.getStart())
                                            .isLessThanOrEqualTo(Long.MAX_VALUE - 1));
        }
    }

    @Test
    void startsTheFirstWindowWithTheFirstMillisecondOfTime() {
        long first = Long.MIN_VALUE + 1;

        assertThat(
                        SlidingEventTimeWindows.of(Duration.ofMillis(1_000), Duration.ofMillis(300))
                                .assignWindows("", first, AT_1000))
                .isNotEmpty()
                .allSatisfy(
                        window -> {
                            assertThat(window.getStart()).isLessThanOrEqualTo(first);
                            assertThat(window.maxTimestamp()).isGreaterThanOrEqualTo(first);
                        });
    }

    @Test
    void findsStartsWhereOffsetAndTimeAreFarApart() {
        long start = TimeWindow.getWindowStartWithOffset(Long.MAX_VALUE - 5, -7, 10);

        assertThat(Math.floorMod(Math.floorMod(start, 10) + 7, 10)).isZero();
        assertThat(Long.MAX_VALUE - 5 - start).isBetween(0L, 9L);
    }

    @Test
    void refusesSizesAndOffsetsThatMakeNoWindows() {
        Duration ten = Duration.ofMillis(10);
        assertThatThrownBy(() -> TumblingEventTimeWindows.of(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 ms");
        assertThatThrownBy(() -> TumblingEventTimeWindows.of(ten, ten))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not by 10 ms");
        assertThatThrownBy(() -> SlidingProcessingTimeWindows.of(ten, ten.negated()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                SlidingEventTimeWindows.of(
                                        Duration.ofDays(1_000), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("86400000000");
        assertThatThrownBy(() -> EventTimeSessionWindows.withGap(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0 ms");
        assertThatThrownBy(
                        () ->
                                EventTimeSessionWindows.<String>withDynamicGap(record -> -4)
                                        .assignWindows("", 1, AT_1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not -4 ms");
    }

    @Test
    void saysThatARecordOfEventTimeHasNone() {
        Stream.<WindowAssigner<Object, TimeWindow>>of(
                        TumblingEventTimeWindows.of(Duration.ofSeconds(1)),
                        SlidingEventTimeWindows.of(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        EventTimeSessionWindows.withGap(Duration.ofSeconds(1)))
                .forEach(
                        assigner ->
                                assertThatThrownBy(
                                                () ->
                                                        assigner.assignWindows(
                                                                "", Long.MIN_VALUE, AT_1000))
                                        .isInstanceOf(MillraceException.class)
                                        .hasMessageStartingWith("RECORD_WITHOUT_TIMESTAMP")
                                        .hasMessageContaining(assigner.toString())
                                        .hasMessageContaining("assignTimestampsAndWatermarks"));
    }

    @Test
    void mergesSessionsInAnyOrderToTheSame() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            List<TimeWindow> windows = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                long start = random.nextInt(300);
                windows.add(new TimeWindow(start, start + 1 + random.nextInt(40)));
            }
            List<TimeWindow> atOnce = merged(windows);
            List<TimeWindow> oneByOne = new ArrayList<>();
            for (TimeWindow window : windows) {
                oneByOne.add(window);
                oneByOne = new ArrayList<>(merged(oneByOne));
            }

            assertThat(oneByOne).containsExactlyInAnyOrderElementsOf(atOnce);
            for (TimeWindow window : windows) {
                assertThat(atOnce)
                        .filteredOn(whole -> whole.cover(window).equals(whole))
                        .hasSize(1);
            }
        }
    }

    private static List<TimeWindow> merged(List<TimeWindow> windows) {
        List<TimeWindow> result = new ArrayList<>(windows);
        TimeWindow.mergeWindows(
                windows,
                (old, whole) -> {
                    result.removeAll(old);
                    result.add(whole);
                });
        return result;
    }

    @Test
    @SuppressWarnings("deprecation")
    void asksAnAssignerOfEitherGenerationForItsTrigger() {
        assertThat(
                        TumblingEventTimeWindows.of(Duration.ofSeconds(1))
                                .getDefaultTrigger((StreamExecutionEnvironment) null))
                .isInstanceOf(EventTimeTrigger.class);
        assertThat(new OldAssigner().getDefaultTrigger()).isInstanceOf(CountTrigger.class);
        assertThatThrownBy(() -> new NoTrigger().getDefaultTrigger())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("NoTrigger");
    }

    private static class NoTrigger extends WindowAssigner<Object, GlobalWindow> {
        @Override
        public Collection<GlobalWindow> assignWindows(
                Object element, long timestamp, WindowAssignerContext context) {
            return List.of(GlobalWindow.get());
        }

        @Override
        public io.millrace.api.serialization.TypeSerializer<GlobalWindow> getWindowSerializer(
                io.millrace.api.stream.ExecutionConfig executionConfig) {
            return new GlobalWindow.Serializer();
        }

        @Override
        public boolean isEventTime() {
            return false;
        }
    }

    private static final class OldAssigner extends NoTrigger {
        @Override
        @Deprecated
        public Trigger<Object, GlobalWindow> getDefaultTrigger(StreamExecutionEnvironment env) {
            return CountTrigger.of(2);
        }
    }
}
