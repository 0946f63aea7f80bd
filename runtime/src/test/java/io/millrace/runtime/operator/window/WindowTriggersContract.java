package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.ContinuousEventTimeTrigger;
import io.millrace.api.window.ContinuousProcessingTimeTrigger;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.CountTrigger;
import io.millrace.api.window.EventTimeSessionWindows;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.GlobalWindows;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.api.window.TimeWindow;
import io.millrace.api.window.TimestampedValue;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.TriggerResult;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.api.window.Window;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.testing.OperatorHarness;
import io.millrace.runtime.testing.Played;
import io.millrace.runtime.testing.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers, evictors and states of windows. A subclass says which back end holds the state. */
public abstract class WindowTriggersContract {
    private static final KeySelector<Event, String> KEY = Event::key;
    private static final OutputTag<String> CLEARED = new OutputTag<>("cleared", Types.STRING);

    @TempDir private Path directory;

    /** Of the option {@code state.backend.type}. */
    protected abstract String backend();

    /** Fires with each n-th record, and drops what has fired. */
    private static final class EachNth extends Trigger<Object, Window> {
        private static final long serialVersionUID = 1L;

        private final long n;
        private final boolean purges;
        private final ReducingStateDescriptor<Long> seen =
                new ReducingStateDescriptor<>("seen", Long::sum, Types.LONG);

        EachNth(long n, boolean purges) {
            this.n = n;
            this.purges = purges;
        }

        @Override
        public TriggerResult onElement(
                Object element, long timestamp, Window window, TriggerContext ctx)
                throws Exception {
            ReducingState<Long> count = ctx.getPartitionedState(seen);
            count.add(1L);
            if (count.get() < n) {
                return TriggerResult.CONTINUE;
            }
            count.clear();
            return purges ? TriggerResult.FIRE_AND_PURGE : TriggerResult.FIRE;
        }

        @Override
        public TriggerResult onProcessingTime(long time, Window window, TriggerContext ctx) {
            return TriggerResult.CONTINUE;
        }

        @Override
        public TriggerResult onEventTime(long time, Window window, TriggerContext ctx) {
            return TriggerResult.CONTINUE;
        }

        @Override
        public boolean canMerge() {
            return true;
        }

        @Override
        public void onMerge(Window window, OnMergeContext ctx) {
            ctx.mergePartitionedState(seen);
        }

        @Override
        public void clear(Window window, TriggerContext ctx) {
            ctx.getPartitionedState(seen).clear();
        }
    }

    /** Shows all elements, and how often the window and the key have fired. */
    private static final class Counting
            extends ProcessWindowFunction<Event, String, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        private static final ValueStateDescriptor<Integer> FIRED =
                new ValueStateDescriptor<>("fired", Types.INT);

        @Override
        public void process(
                String key, Context context, Iterable<Event> elements, Collector<String> out)
                throws Exception {
            int ofWindow = next(context.windowState().getState(FIRED));
            int ofKey = next(context.globalState().getState(FIRED));
            out.collect(key + " " + ids(elements) + " " + ofWindow + " " + ofKey);
        }

        private static int next(ValueState<Integer> state) throws Exception {
            int next = state.value() == null ? 1 : state.value() + 1;
            state.update(next);
            return next;
        }

        @Override
        public void clear(Context context) throws Exception {
            ValueState<Integer> fired = context.windowState().getState(FIRED);
            context.output(CLEARED, context.window().getStart() + ":" + fired.value());
            fired.clear();
        }
    }

    /** Shows the ids. */
    private static final class Ids extends ProcessWindowFunction<Event, String, String, Window> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                String key, Context context, Iterable<Event> elements, Collector<String> out) {
            out.collect(key + " " + ids(elements));
        }
    }

    private static List<Long> ids(Iterable<Event> events) {
        List<Long> ids = new ArrayList<>();
        events.forEach(event -> ids.add(event.id()));
        return ids;
    }

    /** Keeps the last records, before the function sees them or after it. */
    private static final class KeepLast implements Evictor<Event, Window> {
        private static final long serialVersionUID = 1L;

        private final int kept;
        private final boolean after;

        KeepLast(int kept, boolean after) {
            this.kept = kept;
            this.after = after;
        }

        @Override
        public void evictBefore(
                Iterable<TimestampedValue<Event>> elements,
                int size,
                Window window,
                EvictorContext ctx) {
            evict(elements, after ? 0 : size - kept);
        }

        @Override
        public void evictAfter(
                Iterable<TimestampedValue<Event>> elements,
                int size,
                Window window,
                EvictorContext ctx) {
            evict(elements, after ? size - kept : 0);
        }

        private static void evict(Iterable<TimestampedValue<Event>> elements, int count) {
            Iterator<TimestampedValue<Event>> each = elements.iterator();
            for (int i = 0; i < count; i++) {
                each.next();
                each.remove();
            }
        }
    }

    private OperatorHarness windows(
            WindowAssigner<?, ?> assigner,
            Trigger<?, ?> trigger,
            Evictor<?, ?> evictor,
            ProcessWindowFunction<?, ?, ?, ?> function,
            long latenessMs) {
        return OperatorHarness.of(
                        new OperatorSpec.WindowSpec(
                                KEY,
                                assigner,
                                trigger,
                                evictor,
                                new WindowContents.Collected(),
                                function,
                                latenessMs,
                                null),
                        TypeInformation.of(Event.class),
                        Types.STRING)
                .keyedBy(KEY, Types.STRING)
                .side(CLEARED)
                .with("state.backend.type", backend())
                .spillingTo(directory.resolve("tasks"))
                .restoring();
    }

    private static Script events(int count) {
        Script script = Script.of();
        for (int i = 1; i <= count; i++) {
            script.record(new Event(i % 3 == 0 ? "b" : "a", i), i);
        }
        return script;
    }

    @Test
    void aTriggerThatPurgesBeginsAnew() {
        Played played =
                windows(new TestWindows.Everything(), new EachNth(2, true), null, new Ids(), 0)
                        .play(events(8));

        assertThat(played.records())
                .containsExactly("a [1, 2]", "a [4, 5]", "b [3, 6]", "a [7, 8]");
    }

    @Test
    void aTriggerThatOnlyFiresKeepsWhatThereIs() {
        Played played =
                windows(new TestWindows.Everything(), new EachNth(2, false), null, new Ids(), 0)
                        .play(events(5));

        assertThat(played.records()).containsExactly("a [1, 2]", "a [1, 2, 4, 5]");
    }

    @Test
    void anEvictorDecidesWhatTheFunctionSees() {
        Played played =
                windows(
                                new TestWindows.Everything(),
                                new EachNth(1, false),
                                new KeepLast(2, false),
                                new Ids(),
                                0)
                        .play(events(5));

        assertThat(played.records())
                .containsExactly("a [1]", "a [1, 2]", "b [3]", "a [2, 4]", "a [4, 5]");
    }

    @Test
    void anEvictorDecidesWhatIsLeftForTheNextTime() {
        Played played =
                windows(
                                new TestWindows.Everything(),
                                new EachNth(1, false),
                                new KeepLast(1, true),
                                new Ids(),
                                0)
                        .play(events(5));

        assertThat(played.records())
                .containsExactly("a [1]", "a [1, 2]", "b [3]", "a [2, 4]", "a [4, 5]");
    }

    @Test
    void aWindowsStateGoesWithItAndTheKeysStays() {
        Played played =
                windows(
                                new TestWindows.Regular(10, 10, 0, true),
                                EventTimeTrigger.create(),
                                null,
                                new Counting(),
                                10)
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), 1)
                                        .record(new Event("a", 2), 11)
                                        .watermark(9)
                                        .record(new Event("a", 4), 2)
                                        .watermark(19)
                                        .watermark(29));

        assertThat(played.records()).containsExactly("a [1] 1 1", "a [1, 4] 2 2", "a [2] 1 3");
        assertThat(played.sides().get("cleared")).containsExactly("0:2", "10:1");
    }

    @Test
    void whatATriggerRemembersIsMergedWithItsWindows() {
        Played played =
                windows(
                                new TestWindows.Sessions(10, true),
                                new EachNth(4, true),
                                null,
                                new Ids(),
                                0)
                        .play(
                                Script.of()
                                        .record(new Event("a", 1), 0)
                                        .record(new Event("a", 2), 20)
                                        .record(new Event("a", 4), 25)
                                        .record(new Event("a", 8), 10));

        assertThat(played.records()).hasSize(1);
        assertThat(played.records().get(0).toString()).contains("1", "2", "4", "8");
    }

    @Test
    void theProgramsAssignersWriteTheirWindowsIntoCheckpoints() {
        for (WindowAssigner<?, ?> assigner :
                List.of(
                        TumblingEventTimeWindows.of(Duration.ofMillis(10)),
                        SlidingEventTimeWindows.of(Duration.ofMillis(20), Duration.ofMillis(20)),
                        EventTimeSessionWindows.withGap(Duration.ofMillis(9)))) {
            Played played =
                    windows(assigner, EventTimeTrigger.create(), null, new Ids(), 0)
                            .play(
                                    Script.of()
                                            .record(new Event("a", 1), 0)
                                            .record(new Event("a", 2), 3)
                                            .watermark(30));

            assertThat(played.records()).containsExactly("a [1, 2]");
        }
    }

    @Test
    void aGlobalWindowIsInCheckpointsToo() {
        Played played =
                windows(
                                GlobalWindows.create(),
                                CountTrigger.of(2),
                                CountEvictor.of(1),
                                new Ids(),
                                0)
                        .play(events(4));

        assertThat(played.records()).containsExactly("a [2]");
    }

    @Test
    void windowsThatAreMergedHaveNoStateOfTheirOwn() {
        assertThatThrownBy(
                        () ->
                                windows(
                                                new TestWindows.Sessions(10, true),
                                                EventTimeTrigger.create(),
                                                null,
                                                new Counting(),
                                                0)
                                        .play(
                                                Script.of()
                                                        .record(new Event("a", 1), 0)
                                                        .watermark(20)))
                .hasMessageContaining("globalState()");
    }

    /** Throws, before the function sees the records or after. */
    private static final class AngryEvictor implements Evictor<Event, Window> {
        private static final long serialVersionUID = 1L;

        private final boolean after;

        AngryEvictor(boolean after) {
            this.after = after;
        }

        @Override
        public void evictBefore(
                Iterable<TimestampedValue<Event>> elements,
                int size,
                Window window,
                EvictorContext ctx) {
            if (!after) {
                throw new IllegalStateException("not these, before");
            }
        }

        @Override
        public void evictAfter(
                Iterable<TimestampedValue<Event>> elements,
                int size,
                Window window,
                EvictorContext ctx) {
            throw new IllegalStateException("not these, after");
        }
    }

    @Test
    void anEvictorThatThrowsFailsTheTaskAndTheOperatorIsNamed() {
        for (boolean after : new boolean[] {false, true}) {
            assertThatThrownBy(
                            () ->
                                    windows(
                                                    new TestWindows.Everything(),
                                                    new EachNth(1, false),
                                                    new AngryEvictor(after),
                                                    new Ids(),
                                                    0)
                                            .play(events(1)))
                    .hasMessageContaining("not these, " + (after ? "after" : "before"))
                    .hasMessageContaining("tested");
        }
    }

    /** Waits for time, and then throws. */
    private static final class AngryOnTime extends Trigger<Object, Window> {
        private static final long serialVersionUID = 1L;

        @Override
        public TriggerResult onElement(
                Object element, long timestamp, Window window, TriggerContext ctx) {
            ctx.registerEventTimeTimer(10);
            ctx.registerProcessingTimeTimer(ctx.getCurrentProcessingTime() + 10);
            return TriggerResult.CONTINUE;
        }

        @Override
        public TriggerResult onProcessingTime(long time, Window window, TriggerContext ctx) {
            throw new IllegalStateException("not by the clock");
        }

        @Override
        public TriggerResult onEventTime(long time, Window window, TriggerContext ctx) {
            throw new IllegalStateException("not by the watermark");
        }

        @Override
        public void clear(Window window, TriggerContext ctx) {}
    }

    @Test
    void aTriggerThatThrowsInATimerFailsTheTaskAndTheOperatorIsNamed() {
        for (Script script :
                List.of(
                        events(1).watermark(10),
                        events(1).passMs(1_000).record(new Event("a", 9)))) {
            assertThatThrownBy(
                            () ->
                                    windows(
                                                    new TestWindows.Everything(),
                                                    new AngryOnTime(),
                                                    null,
                                                    new Ids(),
                                                    0)
                                            .play(script))
                    .hasMessageContaining("not by the")
                    .hasMessageContaining("tested");
        }
    }

    @Test
    void aTriggerThatFiresAgainAndAgainByTheWallClockComesToAnEndInABatchJob() {
        Played played =
                windows(
                                GlobalWindows.create(),
                                ContinuousProcessingTimeTrigger.of(Duration.ofMillis(10)),
                                null,
                                new Ids(),
                                0)
                        .batch(new StreamOperators(), directory.resolve("batch"))
                        .play(events(2));

        assertThat(played.records()).containsExactly("a [1, 2]");
    }

    @Test
    void aTriggerThatFiresAgainAndAgainByEventTimeComesToAnEndWithTime() {
        Played played =
                windows(
                                GlobalWindows.create(),
                                ContinuousEventTimeTrigger.of(Duration.ofMillis(10)),
                                null,
                                new Ids(),
                                0)
                        .play(events(2).watermark(Long.MAX_VALUE));

        assertThat(played.records()).containsExactly("a [1, 2]", "a [1, 2]");
    }

    @Test
    void aTriggerThatThrowsFailsTheTaskAndIsNamed() {
        Trigger<Object, Window> angry =
                new Trigger<>() {
                    @Override
                    public TriggerResult onElement(
                            Object element, long timestamp, Window window, TriggerContext ctx) {
                        throw new IllegalStateException("not this one");
                    }

                    @Override
                    public TriggerResult onProcessingTime(
                            long time, Window window, TriggerContext ctx) {
                        return TriggerResult.CONTINUE;
                    }

                    @Override
                    public TriggerResult onEventTime(long time, Window window, TriggerContext ctx) {
                        return TriggerResult.CONTINUE;
                    }

                    @Override
                    public void clear(Window window, TriggerContext ctx) {}
                };

        assertThatThrownBy(
                        () ->
                                windows(new TestWindows.Everything(), angry, null, new Ids(), 0)
                                        .play(events(1)))
                .hasMessageContaining("not this one")
                .hasMessageContaining("tested");
    }
}
