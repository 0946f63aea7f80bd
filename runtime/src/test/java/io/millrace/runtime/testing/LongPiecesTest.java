package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.MapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.chunk.ControlEvent.Watermark;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.task.TaskHarness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Records that were quick become slow: the task does not wait for the end of their chunk. */
class LongPiecesTest {
    private static final int TESTED = 2;
    private static final long QUICK = 1_000;

    // Confined to the test: the function runs on its thread.
    private static TaskHarness task;
    private static final List<Long> CAME = new ArrayList<>();
    private static boolean cancels;

    private final ScriptedExchange exchange = new ScriptedExchange(false);

    /** Takes a second for each record that is not a thousand or more. */
    private static final class SlowForSmall implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long map(Long value) {
            CAME.add(value);
            if (value < QUICK) {
                task.clock().advanceMs(1_000);
                task.monitorLooks();
                if (cancels) {
                    task.cancel();
                }
            }
            return value;
        }
    }

    private void start() {
        CAME.clear();
        cancels = false;
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .node(
                                "source",
                                new OperatorSpec.SourceSpec(
                                        new RangeSource<>(0, number -> number),
                                        WatermarkStrategy.noWatermarks()),
                                Types.LONG)
                        .node(
                                "times",
                                new OperatorSpec.TimestampsSpec(
                                        WatermarkStrategy.forMonotonousTimestamps()),
                                Types.LONG)
                        .node("slow", new OperatorSpec.MapSpec(new SlowForSmall()), Types.LONG)
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
        task =
                new TaskHarness(
                        graph,
                        TESTED,
                        new StreamOperators(),
                        exchange,
                        Path.of("unused-directory"));
        task.turnUntilIdle();
        // Until the task takes whole chunks.
        for (int i = 0; i < 20; i++) {
            feed(LongStream.range(0, RecordChunk.CAPACITY).map(each -> QUICK).toArray());
            task.turnUntilIdle();
        }
        CAME.clear();
    }

    private void feed(long... records) {
        RecordChunk chunk = new RecordChunk(false);
        for (long record : records) {
            chunk.add(record, record);
        }
        exchange.feed(0, 0, chunk);
    }

    private List<Item> written() {
        return exchange.items(task.graph().inputsOf(4).get(0).id(), 0);
    }

    @Test
    void theRestOfTheChunkComesInLaterTurnsAndInOrder() {
        start();
        long before = task.progress().recordsIn();
        feed(QUICK, QUICK + 1, 1, 2, 3);
        feed(4);

        task.turn();
        assertThat(CAME).containsExactly(QUICK, QUICK + 1, 1L);
        assertThat(task.progress().recordsIn()).isEqualTo(before + 3);

        task.turnUntilIdle();
        assertThat(CAME).containsExactly(QUICK, QUICK + 1, 1L, 2L, 3L, 4L);
        assertThat(task.progress().recordsIn()).isEqualTo(before + 6);
    }

    @Test
    void watermarksGoOutBetweenSlowRecords() {
        start();
        int before = written().size();

        RecordChunk chunk = new RecordChunk(false);
        for (long record = 1; record <= 4; record++) {
            chunk.add(record, QUICK + 10 * record);
        }
        exchange.feed(0, 0, chunk);
        task.turnUntilIdle();

        // The generator sees a record when it has gone through the chain.
        assertThat(
                        written().subList(before, written().size()).stream()
                                .filter(Watermark.class::isInstance))
                .containsExactly(
                        new Watermark(QUICK + 9),
                        new Watermark(QUICK + 19),
                        new Watermark(QUICK + 29),
                        new Watermark(QUICK + 39));
    }

    @Test
    void aCancelDoesNotWaitForTheChunk() {
        start();
        cancels = true;

        feed(1, 2, 3, 4, 5);
        task.turnUntilDone();

        assertThat(task.state()).isEqualTo(TaskState.CANCELED);
        assertThat(CAME).containsExactly(1L);
    }
}
