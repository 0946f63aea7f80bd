package io.millrace.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec.FlatMapSpec;
import io.millrace.api.graph.OperatorSpec.KeyedReduceSpec;
import io.millrace.api.graph.OperatorSpec.MapSpec;
import io.millrace.api.graph.OperatorSpec.SinkSpec;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Config;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import io.millrace.runtime.message.TaskState;
import io.millrace.runtime.message.ToCoordinator;
import io.millrace.runtime.operator.StreamOperators;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalJobTest {
    private static final FlatMapFunction<Long, Tuple2<String, Long>> WORDS =
            (number, out) -> {
                out.collect(Tuple2.of("mod" + number % 7, 1L));
                out.collect(Tuple2.of("all", 1L));
            };

    private static StreamGraph wordCount(
            int parallelism, long records, CollectSink<Tuple2<String, Long>> sink) {
        KeySelector<Tuple2<String, Long>, String> byWord = pair -> pair.f0;
        ReduceFunction<Tuple2<String, Long>> sum = (a, b) -> Tuple2.of(a.f0, a.f1 + b.f1);
        RangeSource<Long> source = new RangeSource<>(records, number -> number);
        return Graphs.in(ExecutionMode.STREAMING)
                .parallelism(parallelism)
                .node(
                        "numbers",
                        new SourceSpec(source, WatermarkStrategy.noWatermarks()),
                        Types.LONG)
                .node("words", new FlatMapSpec(WORDS), Types.TUPLE(Types.STRING, Types.LONG))
                .node(
                        "count",
                        new KeyedReduceSpec(byWord, sum),
                        Types.TUPLE(Types.STRING, Types.LONG))
                .node("sink", new SinkSpec(sink), null)
                .edge(1, 2, Partitioning.Kind.FORWARD)
                .edge(2, 3, new Partitioning.ByKey(byWord))
                .edge(3, 4, Partitioning.Kind.FORWARD)
                .build();
    }

    @Test
    void countsWordsFromSourceToSink() {
        CollectSink<Tuple2<String, Long>> sink = new CollectSink<>();
        StreamGraph graph = wordCount(2, 10_000, sink);

        try (LocalJob job = new LocalJob(graph, new StreamOperators(), Config.empty())) {
            job.start().awaitFinished(20);
        }

        Map<String, Long> last = new HashMap<>();
        sink.written().forEach(pair -> last.merge(pair.f0, pair.f1, Math::max));
        assertThat(last).containsEntry("all", 10_000L).hasSize(8);
        assertThat(last.values().stream().mapToLong(n -> n).sum()).isEqualTo(20_000);
        assertThat(sink.written()).hasSize(20_000);
    }

    @Test
    void namesAFunctionThatChangesItsInputWhenCopiesAreDebugged() {
        MapFunction<Tuple2<String, Long>, String> greedy =
                pair -> {
                    pair.f1 = 0L;
                    return pair.f0;
                };
        RangeSource<Tuple2<String, Long>> source =
                new RangeSource<>(10, number -> Tuple2.of("a", number + 1));
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .with("job.debug-copies", "true")
                        .node(
                                "pairs",
                                new SourceSpec(source, WatermarkStrategy.noWatermarks()),
                                Types.TUPLE(Types.STRING, Types.LONG))
                        .node("greedy", new MapSpec(greedy), Types.STRING)
                        .node("sink", new SinkSpec(new CollectSink<String>()), null)
                        .edge(1, 2, Partitioning.Kind.FORWARD)
                        .edge(2, 3, Partitioning.Kind.FORWARD)
                        .build();
        ToCoordinator.TaskChanged end;
        try (LocalJob job = new LocalJob(graph, new StreamOperators(), Config.empty())) {
            end = job.start().awaitEnd(20).values().iterator().next();
        }

        assertThat(end.state()).isEqualTo(TaskState.FAILED);
        assertThat(end.failure().headline())
                .contains("operator 'greedy' has changed a record")
                .contains("received from 'pairs'");
    }

    @Test
    void namesTheOperatorAndTheUsersFrameWhenUserCodeFails() {
        MapFunction<Long, Long> failing =
                number -> {
                    if (number == 500) {
                        throw new IllegalStateException("no five hundred");
                    }
                    return number;
                };
        StreamGraph graph =
                Graphs.in(ExecutionMode.STREAMING)
                        .node(
                                "numbers",
                                new SourceSpec(
                                        new RangeSource<>(1000, number -> number),
                                        WatermarkStrategy.noWatermarks()),
                                Types.LONG)
                        .node("check", new MapSpec(failing), Types.LONG)
                        .node("sink", new SinkSpec(new CollectSink<Long>()), null)
                        .edge(1, 2, Partitioning.Kind.FORWARD)
                        .edge(2, 3, Partitioning.Kind.FORWARD)
                        .build();

        ToCoordinator.TaskChanged end;
        try (LocalJob job = new LocalJob(graph, new StreamOperators(), Config.empty())) {
            end = job.start().awaitEnd(20).values().iterator().next();
        }

        assertThat(end.state()).isEqualTo(TaskState.FAILED);
        assertThat(end.failure().operator()).isEqualTo("check");
        assertThat(end.failure().headline())
                .startsWith("USER_CODE_FAILED: operator 'check' in task 'numbers -> check -> sink'")
                .contains("no five hundred");
        assertThat(end.failure().stackTrace())
                .startsWith("java.lang.IllegalStateException: no five hundred\n\tat ")
                .contains("LocalJobTest");
    }
}
