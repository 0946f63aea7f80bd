package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.MapFunction;
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
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.state.MemorySegments;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.Graphs;
import io.millrace.runtime.testing.ManualClock;
import io.millrace.runtime.testing.RangeSource;
import io.millrace.runtime.testing.ScriptedExchange;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskCheckpointsTest {
    private static final int SOURCE = 1;
    private static final int MAP = 2;
    private static final Long FILL = -1L;

    private final ScriptedExchange exchange = new ScriptedExchange(false);
    private final ScriptedExchange exchangeOfRestored = new ScriptedExchange(false);

    /** A map with two producers, and a sink behind it. */
    private static StreamGraph program(MapFunction<Long, Long> map) {
        return Graphs.in(ExecutionMode.STREAMING)
                .with("execution.checkpointing.aligned-checkpoint-timeout", "1 s")
                .parallelism(2)
                .node(
                        "source",
                        new OperatorSpec.SourceSpec(
                                new RangeSource<>(1000, number -> number),
                                WatermarkStrategy.noWatermarks()),
                        Types.LONG)
                .parallelism(1)
                .node("map", new OperatorSpec.MapSpec(map), Types.LONG)
                .node(
                        "sink",
                        new OperatorSpec.SinkSpec(new CollectSink<Long>()),
                        null,
                        "default",
                        Chaining.NEVER)
                .edge(1, 2, Partitioning.Kind.REBALANCE)
                .edge(2, 3, Partitioning.Kind.FORWARD)
                .build();
    }

    private TaskHarness start(int vertex) {
        TaskHarness task =
                new TaskHarness(
                        program(number -> number),
                        vertex,
                        new StreamOperators(),
                        exchange,
                        Path.of("unused-directory"));
        task.turnUntilIdle();
        return task;
    }

    /** A new attempt of the task, from one of its checkpoints. */
    private TaskHarness restore(TaskHarness from, long checkpointId) {
        return restore(from, MAP, checkpointId);
    }

    private TaskHarness restore(TaskHarness from, int vertex, long checkpointId) {
        MemorySegments segments = new MemorySegments();
        TaskRestore restore = from.restoreOf(checkpointId, segments.file("checkpoint"));
        TaskHarness task =
                new TaskHarness(
                        program(number -> number),
                        vertex,
                        new StreamOperators(),
                        exchangeOfRestored,
                        Path.of("unused-directory"),
                        new RestoredState(restore, segments));
        task.turnUntilIdle();
        return task;
    }

    private static RecordChunk chunk(long... records) {
        RecordChunk chunk = new RecordChunk(false);
        for (long record : records) {
            chunk.add(record, RecordChunk.NO_TIMESTAMP);
        }
        return chunk;
    }

    private void feed(int producer, Item... items) {
        for (Item item : items) {
            exchange.feed(0, producer, item);
        }
    }

    private List<Object> sent() {
        return sent(1);
    }

    private List<Object> sent(int edge) {
        return exchange.items(edge, 0).stream()
                .flatMap(
                        item ->
                                item instanceof RecordChunk chunk
                                        ? Arrays.stream(chunk.values, 0, chunk.size)
                                        : Stream.of(item))
                .toList();
    }

    private static ControlEvent barrier(long id) {
        return TaskHarness.barrier(id);
    }

    @Test
    void passesABarrierOnBetweenWhatWasBeforeAndBehindIt() {
        TaskHarness task = start(MAP);

        feed(0, chunk(1), barrier(1), chunk(2));
        feed(1, chunk(11), chunk(12), barrier(1), chunk(13));
        task.turnUntilIdle();

        List<Object> sent = sent();
        assertThat(sent.subList(0, 3)).containsExactlyInAnyOrder(1L, 11L, 12L);
        assertThat(sent.get(3)).isEqualTo(barrier(1));
        assertThat(sent.subList(4, 6)).containsExactlyInAnyOrder(2L, 13L);
        assertThat(task.cuts().cuts()).containsOnlyKeys(1L);
    }

    @Test
    void holdsBackTheChannelThatIsAhead() {
        TaskHarness task = start(MAP);

        feed(0, barrier(1), chunk(2));
        feed(1, chunk(11));
        task.turnUntilIdle();

        assertThat(sent()).containsExactly(11L);
        task.clock().advanceMs(7);
        feed(1, barrier(1));
        task.turnUntilIdle();
        assertThat(sent()).containsExactly(11L, barrier(1), 2L);
        assertThat(task.cuts().cuts().get(1L).alignmentNanos()).isEqualTo(7_000_000);
    }

    @Test
    void goesOnWhenTheCheckpointIsAborted() {
        TaskHarness task = start(MAP);
        feed(0, barrier(1), chunk(2));
        task.turnUntilIdle();

        task.checkpointEnded(1, false);
        task.turnUntilIdle();

        assertThat(sent()).containsExactly(2L);
        feed(1, barrier(1), chunk(12));
        task.turnUntilIdle();
        assertThat(sent()).containsExactly(2L, 12L);
        assertThat(task.cuts().cuts()).isEmpty();
    }

    @Test
    void aSourceIsAtTheCutWhenItIsTriggered() {
        TaskHarness task = start(SOURCE);

        task.triggerCheckpoint(5);
        task.turnUntilIdle();

        assertThat(task.cuts().cuts()).containsOnlyKeys(5L);
        assertThat(exchange.events(0, 0)).containsExactly(barrier(5));
    }

    @Test
    void whatAnEnumeratorGivesBehindATriggerIsNotInTheCheckpoint() {
        TaskHarness task = start(SOURCE);

        task.triggerCheckpoint(1);
        task.assignSplits(new RangeSource<>(10, number -> number).splits(1), false);
        task.triggerCheckpoint(2);
        task.turnUntilIdle();

        List<Object> sent = sent(0);
        assertThat(sent).startsWith(barrier(1)).contains(barrier(2)).hasSize(12);
        assertThat(restore(task, SOURCE, 1).progress().recordsIn()).isZero();
        // Of the second checkpoint are what was sent between the barriers and what was left.
        int between = sent.indexOf(barrier(2)) - 1;
        assertThat(between + restore(task, SOURCE, 2).progress().recordsIn()).isEqualTo(10);
    }

    @Test
    void whatWaitedForTheCutOfAnAbortedCheckpointIsRead() {
        TaskHarness task = start(SOURCE);

        task.triggerCheckpoint(1);
        task.checkpointEnded(1, false);
        task.assignSplits(new RangeSource<>(10, number -> number).splits(1), false);
        task.triggerCheckpoint(2);
        task.checkpointEnded(2, false);
        task.turnUntilIdle();

        assertThat(task.progress().recordsIn()).isEqualTo(10);
        assertThat(task.cuts().cuts()).isEmpty();
    }

    @Test
    void theTriggerIsTheBarrierOnceAllInputsHaveEnded() {
        TaskHarness task = start(MAP);
        task.triggerCheckpoint(1);
        feed(0, chunk(1), new EndOfInput());
        task.turnUntilIdle();
        assertThat(task.cuts().cuts()).isEmpty();

        feed(1, new EndOfInput());
        task.turnUntilDone();

        assertThat(task.cuts().cuts()).containsOnlyKeys(1L);
        assertThat(sent()).containsExactly(1L, barrier(1), new EndOfInput());
        assertThat(task.lastChange().state()).isEqualTo(TaskState.FINISHED);
    }

    @Test
    void whatWasHandedOverIsWrittenBeforeTheOperatorsAreClosed() {
        TaskHarness task = start(MAP);
        task.cuts().beSlow();
        task.triggerCheckpoint(1);
        feed(0, new EndOfInput());
        feed(1, new EndOfInput());
        task.turnUntilIdle();
        assertThat(sent()).as("nobody behind waits").endsWith(new EndOfInput());
        assertThat(task.state()).isEqualTo(TaskState.RUNNING);

        task.cuts().cuts().get(1L).close();
        task.turnUntilIdle();

        assertThat(task.lastChange().state()).isEqualTo(TaskState.FINISHED);
    }

    @Test
    void allTimeIsOverBehindATaskThatIsRestoredAsFinished() {
        TaskRestore finished = new TaskRestore(MAP, 0, 1, true, List.of(), List.of());
        TaskHarness task =
                new TaskHarness(
                        program(number -> number),
                        MAP,
                        new StreamOperators(),
                        exchange,
                        Path.of("unused-directory"),
                        new RestoredState(finished, new MemorySegments()));
        task.turnUntilIdle();
        feed(0, new EndOfInput());
        feed(1, new EndOfInput());
        task.turnUntilDone();

        assertThat(exchange.events(1, 0))
                .containsExactly(new ControlEvent.Watermark(Long.MAX_VALUE), new EndOfInput());
    }

    @Test
    void recordsAreOvertakenWhenABarrierHasWaitedLongEnough() {
        TaskHarness task = start(MAP);
        fillOutput(task);
        task.triggerCheckpoint(1);
        feed(0, chunk(1, 2), chunk(3), barrier(1), chunk(4));
        feed(1, chunk(11), barrier(1));
        task.turnUntilIdle();
        assertThat(task.cuts().cuts()).isEmpty();

        task.clock().advanceMs(1001);
        task.turnUntilIdle();

        assertThat(task.cuts().cuts().get(1L).unaligned()).isTrue();
        exchange.full(false);
        task.turnUntilIdle();
        List<Object> sent = sent();
        assertThat(sent.subList(sent.indexOf(barrier(1)) + 1, sent.size()))
                .as("overtaken, then what was behind the barrier")
                .containsSubsequence(1L, 2L, 3L, 4L)
                .contains(11L);
        restore(task, 1);
        assertThat(exchangeOfRestored.records(1, 0).stream().filter(number -> !number.equals(FILL)))
                .as("in the state: what the barrier has overtaken")
                .containsExactlyInAnyOrder(1L, 2L, 3L, 11L);
    }

    private static final class SlowMap implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        // Of the one task of the test.
        private static ManualClock clock;

        @Override
        public Long map(Long number) {
            if (clock != null) {
                clock.advanceMs(10);
            }
            return number;
        }
    }

    @Test
    void aBarrierOvertakesWhatASlowTaskHasNotProcessedOfAChunk() {
        TaskHarness task =
                new TaskHarness(
                        program(new SlowMap()),
                        MAP,
                        new StreamOperators(),
                        exchange,
                        Path.of("unused-directory"));
        task.turnUntilIdle();
        SlowMap.clock = task.clock();
        try {
            feed(0, chunk(LongStream.range(0, 200).toArray()));
            task.turnUntilIdle();
            feed(0, chunk(LongStream.range(1000, 1200).toArray()), barrier(1));
            feed(1, barrier(1));
            task.triggerCheckpoint(1);
            long triggeredNanos = task.clock().nanos();

            while (task.cuts().cuts().isEmpty()) {
                task.turn();
            }

            assertThat(task.clock().nanos() - triggeredNanos)
                    .as("two records longer than the time-out, of two seconds for the chunk")
                    .isLessThanOrEqualTo(1_020_000_000L);
        } finally {
            SlowMap.clock = null;
        }
        task.turnUntilIdle();
        List<Object> sent = sent();
        int at = sent.indexOf(barrier(1));
        restore(task, 1);
        assertThat(exchangeOfRestored.records(1, 0))
                .isEqualTo(sent.subList(at + 1, sent.size()))
                .hasSizeGreaterThan(90);
    }

    @Test
    void restoredRecordsThatAreNotProcessedAreTakenAlongAgain() {
        TaskHarness first = start(MAP);
        fillOutput(first);
        first.triggerCheckpoint(1);
        feed(0, chunk(1), barrier(1));
        feed(1, chunk(11), barrier(1));
        first.clock().advanceMs(1001);
        first.turnUntilIdle();
        first.clock().advanceMs(1001);
        first.turnUntilIdle();
        MemorySegments segments = new MemorySegments();
        TaskRestore restore = first.restoreOf(1, segments.file("checkpoint"));
        exchangeOfRestored.full(true);
        TaskHarness second =
                new TaskHarness(
                        program(number -> number),
                        MAP,
                        new StreamOperators(),
                        exchangeOfRestored,
                        Path.of("unused-directory"),
                        new RestoredState(restore, segments));
        second.turn();
        second.triggerCheckpoint(2);
        exchangeOfRestored.feed(0, 0, barrier(2));
        exchangeOfRestored.feed(0, 1, barrier(2));
        second.turnUntilIdle();
        second.clock().advanceMs(1001);
        second.turnUntilIdle();

        exchangeOfRestored.full(false);
        second.turnUntilIdle();

        assertThat(second.cuts().cuts()).containsOnlyKeys(2L);
        assertThat(exchangeOfRestored.records(1, 0).stream().filter(number -> !number.equals(FILL)))
                .containsExactlyInAnyOrder(1L, 11L);
    }

    @Test
    void whatIsReadAheadIsBounded() {
        TaskHarness task = start(MAP);
        fillOutput(task);
        task.triggerCheckpoint(1);
        feed(1, barrier(1));
        for (long i = 0; i < 1000; i++) {
            feed(0, chunk(i));
        }
        task.clock().advanceMs(1001);
        task.turnUntilIdle();
        task.clock().advanceMs(1001);
        task.turnUntilIdle();

        assertThat(exchange.waiting(0, 0)).isGreaterThan(700);
        feed(0, barrier(1));
        exchange.full(false);
        task.turnUntilIdle();
        assertThat(task.cuts().cuts()).containsOnlyKeys(1L);
        assertThat(sent().stream().filter(Long.class::isInstance)).hasSizeGreaterThan(1000);
    }

    /** Until the task takes no input any more. */
    private void fillOutput(TaskHarness task) {
        exchange.full(true);
        for (int i = 0; i < 2; i++) {
            RecordChunk full = new RecordChunk(false);
            for (int record = 0; record < RecordChunk.CAPACITY; record++) {
                full.add(FILL, RecordChunk.NO_TIMESTAMP);
            }
            feed(0, full);
        }
        task.turnUntilIdle();
    }

    @Test
    void aBarrierDoesNotWaitForSpaceAndKeepsItsPlace() {
        TaskHarness task = start(MAP);
        exchange.full(true);
        feed(0, chunk(1), barrier(1), chunk(2));
        feed(1, barrier(1));
        task.turnUntilIdle();

        assertThat(task.cuts().cuts()).containsOnlyKeys(1L);
        exchange.full(false);
        task.turnUntilIdle();

        assertThat(sent()).containsExactly(1L, barrier(1), 2L);
    }
}
