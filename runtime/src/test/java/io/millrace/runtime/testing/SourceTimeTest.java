package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.time.Watermark;
import io.millrace.api.time.WatermarkGenerator;
import io.millrace.api.time.WatermarkOutput;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.ControlEvent.Active;
import io.millrace.runtime.chunk.ControlEvent.Idle;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.task.TaskHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTimeTest {
    private static final int INTERVAL_MS = 200;
    private static final WatermarkStrategy<Long> ASCENDING =
            WatermarkStrategy.forMonotonousTimestamps();
    private static final WatermarkStrategy<Long> IDLE_AFTER_A_SECOND =
            ASCENDING.withIdleness(Duration.ofSeconds(1));
    private static final WatermarkStrategy<Long> OWN = WatermarkStrategy.noWatermarks();

    private final ScriptedExchange exchange = new ScriptedExchange(false);
    private TaskHarness task;

    private void start(ScriptedSource source, WatermarkStrategy<Long> watermarks) {
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .node("source", new OperatorSpec.SourceSpec(source, watermarks), Types.LONG)
                        .node(
                                "sink",
                                new OperatorSpec.SinkSpec(new CollectSink<Long>()),
                                null,
                                "default",
                                Chaining.NEVER)
                        .edge(1, 2, Partitioning.Kind.FORWARD)
                        .build();
        task =
                new TaskHarness(
                        graph, 1, new StreamOperators(), exchange, Path.of("unused-directory"));
        task.turnUntilIdle();
    }

    private void go() {
        task.sourceEvent(new ScriptedSource.Go());
        task.turnUntilIdle();
    }

    private void pass(int ms) {
        for (int passed = 0; passed < ms; passed += INTERVAL_MS) {
            task.clock().advanceMs(INTERVAL_MS);
            task.turnUntilIdle();
        }
    }

    private List<ControlEvent> events() {
        return exchange.events(0, 0);
    }

    private static ControlEvent at(long timestampMs) {
        return new ControlEvent.Watermark(timestampMs);
    }

    @Test
    void timeIsThatOfTheSlowestSplit() {
        start(new ScriptedSource().endless().record("a", 100).record("b", 50), ASCENDING);

        pass(INTERVAL_MS);

        assertThat(events()).containsExactly(at(49));
    }

    @Test
    void aSilentSplitHoldsTimeUntilItIsIdle() {
        start(
                new ScriptedSource()
                        .endless()
                        .record("a", 100)
                        .record("b", 50)
                        .pause()
                        .record("a", 300),
                IDLE_AFTER_A_SECOND);
        pass(1000);
        assertThat(events()).containsExactly(at(49));

        go();
        pass(400);

        assertThat(events()).containsExactly(at(49), at(299));
    }

    @Test
    void whenAllSplitsAreIdleTheSourceIsAndTimeIsThatOfTheFastest() {
        start(new ScriptedSource().endless().record("a", 100).record("b", 50), IDLE_AFTER_A_SECOND);

        pass(3000);

        assertThat(events()).containsExactly(at(49), at(99), new Idle());
    }

    @Test
    void aSplitThatWakesWithOldDataHoldsTimeButDoesNotTakeItBack() {
        start(
                new ScriptedSource()
                        .endless()
                        .record("a", 100)
                        .record("b", 50)
                        .idle("b")
                        .pause()
                        .record("b", 60)
                        .record("a", 200)
                        .pause()
                        .record("b", 150),
                ASCENDING);
        pass(INTERVAL_MS);
        assertThat(events()).containsExactly(at(99));

        go();
        pass(INTERVAL_MS);
        assertThat(events()).containsExactly(at(99));

        go();
        pass(INTERVAL_MS);
        assertThat(events()).containsExactly(at(99), at(149));
    }

    @Test
    void theFirstRecordAfterIdlenessIsToldBeforeItGoesOn() {
        start(
                new ScriptedSource().endless().record("a", 100).idle("a").pause().record("a", 50),
                ASCENDING);
        pass(INTERVAL_MS);

        go();

        assertThat(events()).containsExactly(new Idle(), at(99), new Idle(), new Active());
        assertThat(exchange.records(0, 0)).containsExactly(100L, 50L);
    }

    @Test
    void aSplitThatEndsNoLongerHoldsTime() {
        start(
                new ScriptedSource().endless().record("a", 100).record("b", 50).release("b"),
                ASCENDING);

        pass(INTERVAL_MS);

        assertThat(events()).containsExactly(at(99));
    }

    @Test
    void watermarksOfTheSourceAreMergedOverItsSplits() {
        start(
                new ScriptedSource()
                        .endless()
                        .active("b")
                        .watermark("a", 100)
                        .watermark("b", 50)
                        .idle("b")
                        .watermark("b", 70),
                OWN);

        assertThat(events()).containsExactly(at(50), at(100));
    }

    @Test
    void watermarksOfTheReaderCountForSplitsThatSayNothing() {
        start(new ScriptedSource().endless().record("a", 100).readerWatermark(70), OWN);

        assertThat(events()).containsExactly(at(70));
    }

    @Test
    void aSourceThatNeverHasARecordBecomesIdle() {
        start(new ScriptedSource().endless(), IDLE_AFTER_A_SECOND);

        pass(2000);

        assertThat(events()).containsExactly(new Idle());
    }

    @Test
    void timeInWhichTheOutputWasFullIsNotSilence() {
        start(
                new ScriptedSource().endless().record("a", 100).pause().record("a", 200),
                IDLE_AFTER_A_SECOND);
        pass(INTERVAL_MS);
        exchange.full(true);
        go();
        pass(5000);

        exchange.full(false);
        task.turnUntilIdle();
        pass(INTERVAL_MS);

        assertThat(events()).doesNotContain(new Idle());
    }

    @Test
    void aClockThatIsSetBackDoesNotStopWatermarks() {
        start(new ScriptedSource().endless().record("a", 100).pause().record("a", 200), ASCENDING);
        pass(INTERVAL_MS);

        task.clock().setBackMs(3_600_000);
        go();
        pass(INTERVAL_MS);

        assertThat(events()).containsExactly(at(99), at(199));
    }

    @Test
    void nothingComesBehindTheEndOfAllTimeThatAGeneratorHasMade() {
        start(
                new ScriptedSource().record("a", 1).record("a", 2),
                WatermarkStrategy.forGenerator(context -> new EndingGenerator()));
        task.turnUntilDone();

        assertThat(events()).containsExactly(at(Long.MAX_VALUE), new ControlEvent.EndOfInput());
    }

    /** Ends all time with each record. */
    private static final class EndingGenerator implements WatermarkGenerator<Long> {
        @Override
        public void onEvent(Long event, long eventTimestamp, WatermarkOutput output) {
            output.emitWatermark(Watermark.MAX_WATERMARK);
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            throw new IllegalStateException("the generator's own fault");
        }
    }

    @Test
    void aGeneratorThatFailsNamesItsOperator() {
        start(
                new ScriptedSource().endless().record("a", 1),
                WatermarkStrategy.forGenerator(context -> new EndingGenerator()));

        pass(INTERVAL_MS);

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.lastChange().failure().toString())
                .contains("'source'")
                .contains("the generator's own fault");
    }

    @Test
    void anAssignerThatFailsNamesItsOperator() {
        start(
                new ScriptedSource().endless().record("a", 7),
                ASCENDING.withTimestampAssigner(
                        (record, before) -> {
                            throw new IllegalStateException("no time in " + record);
                        }));

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.lastChange().failure().toString())
                .contains("'source'")
                .contains("no time in 7");
    }

    @Test
    void theReportNamesTheSplitThatHoldsTimeAndSinceWhen() {
        start(
                new ScriptedSource()
                        .endless()
                        .record("a", 100)
                        .record("silent", 50)
                        .pause()
                        .record("a", 300),
                ASCENDING);
        pass(INTERVAL_MS);
        task.time();
        long sinceMs = task.clock().wallMs();
        go();
        pass(1000);

        TaskTime time = task.time();

        assertThat(time.inputMs()).isEqualTo(49);
        assertThat(time.outputMs()).isEqualTo(49);
        TaskTime.OriginTime source = time.origins().get(0);
        assertThat(source.operator()).isEqualTo("source");
        assertThat(source.splits()).isEqualTo(2);
        assertThat(source.slowest())
                .containsExactly(
                        new TaskTime.SplitTime("silent", 49, false, false, sinceMs),
                        new TaskTime.SplitTime("a", 299, false, false, task.clock().wallMs()));
    }

    @Test
    void theReportNamesIdleSplitsLast() {
        start(
                new ScriptedSource().endless().record("a", 100).record("idle", 50).idle("idle"),
                ASCENDING);
        pass(INTERVAL_MS);

        TaskTime.OriginTime source = task.time().origins().get(0);

        assertThat(source.watermarkMs()).isEqualTo(99);
        assertThat(source.slowest())
                .extracting(TaskTime.SplitTime::split)
                .containsExactly("a", "idle");
        assertThat(source.slowest().get(1).idle()).isTrue();
    }

    @Test
    void timestampsFarAwayMoveTimeAndDoNotOverflow() {
        start(
                new ScriptedSource()
                        .endless()
                        .record("a", Long.MIN_VALUE)
                        .record("a", Long.MIN_VALUE + 1)
                        .pause()
                        .record("a", Long.MAX_VALUE),
                WatermarkStrategy.forBoundedOutOfOrderness(Duration.ofDays(1)));
        pass(INTERVAL_MS);
        assertThat(events()).isEmpty();

        go();
        pass(INTERVAL_MS);

        assertThat(events())
                .containsExactly(at(Long.MAX_VALUE - Duration.ofDays(1).toMillis() - 1));
    }
}
