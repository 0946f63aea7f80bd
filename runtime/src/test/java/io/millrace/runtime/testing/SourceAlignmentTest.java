package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.task.TaskHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceAlignmentTest {
    private static final int INTERVAL_MS = 200;
    private static final WatermarkStrategy<Long> ASCENDING =
            WatermarkStrategy.forMonotonousTimestamps();
    private static final WatermarkStrategy<Long> ALIGNED =
            ASCENDING.withWatermarkAlignment("g", Duration.ofMillis(50), Duration.ofMillis(400));

    private final ScriptedExchange exchange = new ScriptedExchange(false);
    private TaskHarness task;

    private void start(ScriptedSource source, WatermarkStrategy<Long> watermarks) {
        start(source, watermarks, "false");
    }

    private void start(
            ScriptedSource source, WatermarkStrategy<Long> watermarks, String allowUnaligned) {
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .with(
                                "pipeline.watermark-alignment.allow-unaligned-source-splits",
                                allowUnaligned)
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

    private List<Object> records() {
        return exchange.records(0, 0);
    }

    private void limit(long limitMs) {
        task.sourceLimit(limitMs);
        task.turnUntilIdle();
    }

    @Test
    void tellsWhereItIsAtIntervals() {
        start(new ScriptedSource().endless().record("a", 100).record("b", 70), ALIGNED);
        assertThat(task.lastSourceWatermark().watermarkMs()).isEqualTo(Long.MIN_VALUE);

        pass(400);

        assertThat(task.lastSourceWatermark())
                .isEqualTo(
                        new ToCoordinator.SourceWatermark(
                                task.lastSourceWatermark().attempt(), 0, "g", 50, 69));
    }

    @Test
    void anIdleSourceHoldsNobodyBack() {
        start(new ScriptedSource().endless().record("a", 100).idle("a"), ALIGNED);

        pass(400);

        assertThat(task.lastSourceWatermark().watermarkMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSourceThatEndsHoldsNobodyBack() {
        start(new ScriptedSource().record("a", 100), ALIGNED);

        assertThat(task.lastSourceWatermark().watermarkMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void pausesTheSplitThatIsAheadUntilItMayGoOn() {
        start(
                new ScriptedSource()
                        .endless()
                        .record("ahead", 500)
                        .record("behind", 100)
                        .pause()
                        .record("ahead", 600)
                        .record("behind", 200),
                ALIGNED);
        pass(INTERVAL_MS);
        limit(300);

        go();
        assertThat(records()).containsExactly(500L, 100L, 200L);

        limit(550);
        assertThat(records()).containsExactly(500L, 100L, 200L, 600L);
    }

    @Test
    void theWholeReaderWaitsIfAllOfItIsAhead() {
        start(new ScriptedSource().endless().record("a", 500).pause().record("a", 600), ALIGNED);
        pass(INTERVAL_MS);
        limit(300);

        go();
        pass(1000);
        assertThat(records()).containsExactly(500L);

        limit(499);
        assertThat(records()).containsExactly(500L, 600L);
    }

    @Test
    void oneThatWaitsForOthersIsNotIdle() {
        start(
                new ScriptedSource()
                        .endless()
                        .record("ahead", 500)
                        .record("behind", 100)
                        .pause()
                        .record("behind", 101)
                        .pause()
                        .record("behind", 102),
                ALIGNED.withIdleness(Duration.ofSeconds(1)));
        pass(INTERVAL_MS);
        limit(300);
        pass(800);
        go();
        pass(800);
        go();
        pass(800);

        limit(Long.MAX_VALUE);
        pass(INTERVAL_MS);

        assertThat(exchange.events(0, 0))
                .containsExactly(
                        new ControlEvent.Watermark(99),
                        new ControlEvent.Watermark(100),
                        new ControlEvent.Watermark(101));
    }

    @Test
    void aReaderThatCannotPauseSplitsFailsAndSaysWhatToDo() {
        start(
                new ScriptedSource()
                        .endless()
                        .withoutPausing()
                        .record("ahead", 500)
                        .record("behind", 100),
                ALIGNED);
        pass(INTERVAL_MS);

        limit(300);

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.lastChange().failure().toString())
                .contains("'source'")
                .contains("'g'")
                .contains("allow-unaligned-source-splits");
    }

    @Test
    void splitsRunApartIfThatIsAllowed() {
        start(
                new ScriptedSource()
                        .endless()
                        .withoutPausing()
                        .record("ahead", 500)
                        .record("behind", 100)
                        .pause()
                        .record("ahead", 600),
                ALIGNED,
                "true");
        pass(INTERVAL_MS);
        limit(300);

        go();

        assertThat(records()).containsExactly(500L, 100L, 600L);
    }

    @Test
    void aPausedSplitThatEndsIsForgotten() {
        start(
                new ScriptedSource()
                        .endless()
                        .record("ahead", 500)
                        .record("behind", 100)
                        .pause()
                        .release("behind")
                        .record("ahead", 600),
                ALIGNED);
        pass(INTERVAL_MS);
        limit(300);

        go();
        assertThat(records()).containsExactly(500L, 100L);

        limit(500);
        assertThat(records()).containsExactly(500L, 100L, 600L);
    }
}
