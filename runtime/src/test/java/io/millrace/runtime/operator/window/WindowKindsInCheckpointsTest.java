package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.graph.WindowContents;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import io.millrace.api.window.CountEvictor;
import io.millrace.api.window.EventTimeTrigger;
import io.millrace.api.window.WindowAssigner;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.TaskRestore;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.operator.RestoredState;
import io.millrace.runtime.operator.StreamOperators;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.state.MemorySegments;
import io.millrace.runtime.task.TaskHarness;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.Graphs;
import io.millrace.runtime.testing.RangeSource;
import io.millrace.runtime.testing.ScriptedExchange;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A program's windows may change; those of its checkpoint are then refused and not misread. */
class WindowKindsInCheckpointsTest {
    private static final KeySelector<Event, String> KEY = Event::key;
    private static final int WINDOW = 2;

    @TempDir private Path directory;
    private int tasks;

    /** Windows whose contents lie in different ways. */
    enum Kind {
        TUMBLING_SLICES("slices (size/slide+offset in ms: 10/10+0)"),
        SLIDING_SLICES("slices (size/slide+offset in ms: 20/5+0)"),
        SESSIONS("sessions"),
        SINGLE_TUMBLING("single windows"),
        SINGLE_SESSIONS("single windows");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        OperatorSpec.WindowSpec spec() {
            WindowAssigner<?, ?> assigner =
                    switch (this) {
                        case TUMBLING_SLICES, SINGLE_TUMBLING ->
                                new TestWindows.Regular(10, 10, 0, true);
                        case SLIDING_SLICES -> new TestWindows.Regular(20, 5, 0, true);
                        case SESSIONS, SINGLE_SESSIONS -> new TestWindows.Sessions(10, true);
                    };
            boolean single = this == SINGLE_TUMBLING || this == SINGLE_SESSIONS;
            return new OperatorSpec.WindowSpec(
                    KEY,
                    assigner,
                    EventTimeTrigger.create(),
                    single ? CountEvictor.of(100) : null,
                    single
                            ? new WindowContents.Collected()
                            : new WindowContents.Aggregated(
                                    new TestFunctions.SumUp(),
                                    TypeInformation.of(TestFunctions.Sum.class)),
                    new TestFunctions.Show(),
                    0,
                    null);
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Kind.values())
                .flatMap(
                        before ->
                                Stream.of(Kind.values())
                                        .filter(after -> !after.name.equals(before.name))
                                        .map(after -> Arguments.of(before, after)));
    }

    private static StreamGraph graph(Kind kind) {
        return Graphs.in(ExecutionMode.STREAMING)
                .with("execution.checkpointing.interval", "1 h")
                .node(
                        "source",
                        new OperatorSpec.SourceSpec(
                                new RangeSource<>(0, number -> number),
                                WatermarkStrategy.noWatermarks()),
                        TypeInformation.of(Event.class))
                .node(
                        "per minute",
                        kind.spec(),
                        Types.STRING,
                        "default",
                        StreamNode.Chaining.NEVER,
                        new Keying(Arrays.asList(KEY, null), Types.STRING))
                .node(
                        "sink",
                        new OperatorSpec.SinkSpec(new CollectSink<>()),
                        null,
                        "default",
                        StreamNode.Chaining.NEVER)
                .edge(1, WINDOW, new Partitioning.ByKey(KEY))
                .edge(WINDOW, 3, Partitioning.Kind.FORWARD)
                .build();
    }

    private TaskHarness start(Kind kind, RestoredState restored) {
        TaskHarness task =
                new TaskHarness(
                        graph(kind),
                        WINDOW,
                        new StreamOperators(),
                        new ScriptedExchange(false),
                        directory.resolve("task-" + tasks++),
                        restored);
        task.turnUntilIdle();
        return task;
    }

    private static int edge(TaskHarness task, int vertex) {
        return task.graph().inputsOf(vertex).get(0).id();
    }

    private RestoredState checkpointOf(Kind kind) throws Exception {
        TaskHarness task = start(kind, RestoredState.NONE);
        RecordChunk chunk = new RecordChunk(true);
        chunk.add(new Event("a", 1), 3, KeyGroups.hash("a"));
        task.exchange().feed(edge(task, WINDOW), 0, chunk);
        task.turnUntilIdle();
        MemorySegments files = new MemorySegments();
        TaskRestore restore = task.checkpoint(1, CheckpointKind.FULL, files);
        task.cancel();
        task.turnUntilDone();
        return new RestoredState(restore, files);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void windowsOfAnotherKindAreRefusedAndBothAreNamed(Kind before, Kind after) throws Exception {
        TaskHarness task = start(after, checkpointOf(before));

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.lastChange().failure().headline())
                .contains("CHECKPOINT_INCOMPATIBLE", "'per minute'", before.name, after.name)
                .contains("another uid");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void windowsOfTheSameKindGoOn(Kind kind) throws Exception {
        TaskHarness task = start(kind, checkpointOf(kind));

        task.exchange().feed(edge(task, WINDOW), 0, new ControlEvent.Watermark(100));
        task.turnUntilIdle();

        List<Object> results = task.exchange().records(edge(task, 3), 0);
        assertThat(results).isNotEmpty().allMatch(each -> each.toString().startsWith("a ["));
    }
}
