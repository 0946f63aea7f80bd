package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.MapFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.ControlEvent.EndOfInput;
import io.millrace.runtime.chunk.ControlEvent.Watermark;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.TaskTime;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.task.TaskHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());

    private final ScriptedExchange exchange = new ScriptedExchange(false);

    @BeforeEach
    void forget() {
        CALLS.clear();
    }

    /** Says what is called, and fails where it is told to. */
    private static final class Telling extends RichMapFunction<Long, Long> {
        private final String name;
        private final String failsIn;

        Telling(String name, String failsIn) {
            this.name = name;
            this.failsIn = failsIn;
        }

        private void call(String what) {
            CALLS.add(name + "." + what);
            if (what.equals(failsIn)) {
                throw new IllegalStateException(name + " fails in " + what);
            }
        }

        @Override
        public void open(OpenContext openContext) {
            call("open " + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
        }

        @Override
        public Long map(Long value) {
            call("map");
            return value;
        }

        @Override
        public void close() {
            call("close");
        }
    }

    private static StreamGraph middle(
            MapFunction<Long, Long> first, MapFunction<Long, Long> second) {
        return Graphs.in(ExecutionMode.STREAMING)
                .node("source", source(WatermarkStrategy.noWatermarks()), Types.LONG)
                .node("first", new OperatorSpec.MapSpec(first), Types.LONG)
                .node("second", new OperatorSpec.MapSpec(second), Types.LONG)
                .node(
                        "sink",
                        new OperatorSpec.SinkSpec(new CollectSink<Long>()),
                        null,
                        "default",
                        Chaining.NEVER)
                .edge(1, 2, Partitioning.Kind.REBALANCE)
                .edge(2, 3, Partitioning.Kind.FORWARD)
                .edge(3, 4, Partitioning.Kind.FORWARD)
                .build();
    }

    private static OperatorSpec source(WatermarkStrategy<Long> watermarks) {
        return new OperatorSpec.SourceSpec(new RangeSource<>(1000, number -> number), watermarks);
    }

    private TaskHarness harness(StreamGraph graph, int vertex) {
        return new TaskHarness(
                graph, vertex, new StreamOperators(), exchange, Path.of("unused-directory"));
    }

    private static RecordChunk chunk(long... records) {
        RecordChunk chunk = new RecordChunk(false);
        for (long record : records) {
            chunk.add(record, RecordChunk.NO_TIMESTAMP);
        }
        return chunk;
    }

    @Test
    void opensBehindFirstAndClosesBeforeFirst() {
        TaskHarness task = harness(middle(new Telling("a", ""), new Telling("b", "")), 2);
        task.turn();
        assertThat(task.state()).isEqualTo(TaskState.RUNNING);
        exchange.feed(0, 0, chunk(1));
        exchange.feed(0, 0, new EndOfInput());
        task.turnUntilDone();

        assertThat(CALLS)
                .containsExactly("b.open 0", "a.open 0", "a.map", "b.map", "a.close", "b.close");
        assertThat(task.lastChange().state()).isEqualTo(TaskState.FINISHED);
        assertThat(task.progress().recordsIn()).isEqualTo(1);
        assertThat(task.progress().recordsOut()).isEqualTo(1);
        assertThat(exchange.closed()).hasSize(2);
    }

    @Test
    void tellsThatAllTimeIsOverWhenItIsRestoredAsFinished() {
        TaskRestore finished = new TaskRestore(1, 0, 7, true, List.of(), List.of());
        TaskHarness task =
                new TaskHarness(
                        middle(number -> number, number -> number),
                        1,
                        new StreamOperators(),
                        exchange,
                        Path.of("unused-directory"),
                        new RestoredState(finished, RestoredState.NONE.segments()));

        task.turnUntilDone();

        assertThat(exchange.items(0, 0))
                .containsExactly(new Watermark(Long.MAX_VALUE), new EndOfInput());
    }

    @Test
    void flushesAndRestsWhenNoMoreInputIsReady() {
        TaskHarness task = harness(middle(number -> number + 1, number -> number), 2);
        task.turn();
        exchange.feed(0, 0, chunk(1, 2, 3));

        assertThat(task.turn()).isZero();

        assertThat(exchange.records(1, 0)).containsExactly(2L, 3L, 4L);
    }

    @Test
    void wantsAnotherTurnWhileItsInputHasMoreThanATurnTakes() {
        TaskHarness task = harness(middle(number -> number, number -> number), 2);
        task.turn();
        for (long i = 0; i < 65; i++) {
            exchange.feed(0, 0, chunk(i));
        }

        assertThat(task.turn()).isPositive();
        assertThat(task.turn()).isZero();

        assertThat(exchange.records(1, 0)).hasSize(65);
    }

    @Test
    void sendsEventsBehindTheRecordsBeforeThem() {
        TaskHarness task = harness(middle(number -> number, number -> number), 2);
        task.turn();
        exchange.feed(0, 0, chunk(1));
        exchange.feed(0, 0, new Watermark(42));
        exchange.feed(0, 0, chunk(2));
        task.turnUntilIdle();

        assertThat(exchange.items(1, 0)).hasSize(3);
        assertThat(exchange.items(1, 0).get(1)).isEqualTo(new Watermark(42));
    }

    @Test
    void takesNoInputWhileItsOutputIsFull() {
        TaskHarness task = harness(middle(new Telling("a", ""), new Telling("b", "")), 2);
        task.turn();
        exchange.full(true);
        exchange.feed(0, 0, chunk(1));
        task.turnUntilIdle();
        exchange.feed(0, 0, chunk(2));
        assertThat(task.turn()).isZero();
        assertThat(CALLS.stream().filter("a.map"::equals)).hasSize(1);
        task.clock().advanceMs(5);

        exchange.full(false);
        task.turnUntilIdle();

        assertThat(exchange.records(1, 0)).containsExactly(1L, 2L);
        assertThat(task.progress().stalledNanos()).isEqualTo(5_000_000);
    }

    @Test
    void failsWithTheOperatorsNameAndClosesTheRest() {
        TaskHarness task = harness(middle(new Telling("a", "close"), new Telling("b", "map")), 2);
        task.turn();
        exchange.feed(0, 0, chunk(1));
        task.turnUntilDone();

        ToCoordinator.TaskChanged end = task.lastChange();
        assertThat(end.state()).isEqualTo(TaskState.FAILED);
        assertThat(end.failure().operator()).isEqualTo("second");
        assertThat(end.failure().summary()).contains("b fails in map");
        assertThat(CALLS).endsWith("a.close", "b.close");
        assertThat(exchange.closed()).hasSize(2);
        assertThat(task.turn()).isZero();
    }

    @Test
    void failsIfClosingAtTheEndFails() {
        TaskHarness task = harness(middle(new Telling("a", "close"), number -> number), 2);
        task.turn();
        exchange.feed(0, 0, new EndOfInput());
        task.turnUntilDone();

        assertThat(task.lastChange().state()).isEqualTo(TaskState.FAILED);
        assertThat(task.lastChange().failure().operator()).isEqualTo("first");
        assertThat(exchange.events(1, 0)).isEmpty();
    }

    @Test
    void endsAsCanceledAndClosesWhatItOpened() {
        TaskHarness task = harness(middle(new Telling("a", ""), number -> number), 2);
        task.turn();
        task.cancel();
        task.turnUntilDone();

        assertThat(task.lastChange().state()).isEqualTo(TaskState.CANCELED);
        assertThat(CALLS).containsExactly("a.open 0", "a.close");
    }

    @Test
    void asksForSplitsReadsThemAndEnds() {
        TaskHarness task = harness(middle(number -> number, number -> number), 1);
        task.turnUntilIdle();
        assertThat(task.told()).hasAtLeastOneElementOfType(ToCoordinator.SplitRequested.class);
        assertThat(task.turn()).isZero();

        task.assignSplits(new RangeSource<>(1000, number -> number).splits(1), true);
        task.turnUntilDone();

        assertThat(exchange.records(0, 0)).hasSize(1000);
        assertThat(exchange.events(0, 0))
                .containsExactly(new Watermark(Long.MAX_VALUE), new EndOfInput());
        assertThat(task.progress().recordsIn()).isEqualTo(1000);
    }

    @Test
    void reportsTheChannelThatHoldsItsTime() {
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .parallelism(2)
                        .node("source", source(WatermarkStrategy.noWatermarks()), Types.LONG)
                        .node(
                                "map",
                                new OperatorSpec.MapSpec(
                                        (MapFunction<Long, Long>) number -> number),
                                Types.LONG)
                        .node(
                                "sink",
                                new OperatorSpec.SinkSpec(new CollectSink<Long>()),
                                null,
                                "default",
                                Chaining.NEVER)
                        .edge(1, 2, Partitioning.Kind.REBALANCE)
                        .edge(2, 3, Partitioning.Kind.FORWARD)
                        .build();
        TaskHarness task = harness(graph, 2);
        task.turnUntilIdle();
        exchange.feed(0, 0, new Watermark(42));
        exchange.feed(0, 1, new Watermark(7));
        task.turnUntilIdle();

        TaskTime time = task.time();

        assertThat(time.inputMs()).isEqualTo(7);
        assertThat(time.outputMs()).isEqualTo(7);
        assertThat(time.inputs())
                .containsExactly(new TaskTime.InputTime(1, 1, 7, task.clock().wallMs(), 2, 0, 0));

        exchange.feed(0, 1, new ControlEvent.Idle());
        task.turnUntilIdle();

        assertThat(task.time().inputs())
                .containsExactly(new TaskTime.InputTime(1, 0, 42, task.clock().wallMs(), 2, 1, 0));
    }

    @Test
    void emitsWatermarksAtTheInterval() {
        WatermarkStrategy<Long> behind =
                WatermarkStrategy.<Long>forBoundedOutOfOrderness(Duration.ofMillis(10))
                        .withTimestampAssigner((number, before) -> number);
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .node("source", source(behind), Types.LONG)
                        .node(
                                "sink",
                                new OperatorSpec.SinkSpec(new CollectSink<Long>()),
                                null,
                                "default",
                                Chaining.NEVER)
                        .edge(1, 2, Partitioning.Kind.FORWARD)
                        .build();
        TaskHarness task = harness(graph, 1);
        task.turnUntilIdle();
        task.assignSplits(new RangeSource<>(1000, number -> number).splits(1), false);
        task.turnUntilIdle();
        assertThat(exchange.events(0, 0)).isEmpty();

        task.clock().advanceMs(200);
        task.turnUntilIdle();

        assertThat(exchange.events(0, 0)).containsExactly(new Watermark(988));
    }
}
