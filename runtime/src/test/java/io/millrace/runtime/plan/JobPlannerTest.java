package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.Graphs;
import io.millrace.runtime.testing.RangeSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobPlannerTest {
    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");
    private static final KeySelector<Long, Long> KEY = number -> number % 10;

    private static OperatorSpec source() {
        return new OperatorSpec.SourceSpec(
                new RangeSource<>(10, number -> number), WatermarkStrategy.noWatermarks());
    }

    private static OperatorSpec map() {
        return new OperatorSpec.MapSpec((MapFunction<Long, Long>) number -> number + 1);
    }

    private static OperatorSpec reduce() {
        return new OperatorSpec.KeyedReduceSpec(KEY, (ReduceFunction<Long>) Long::sum);
    }

    private static OperatorSpec sink() {
        return new OperatorSpec.SinkSpec(new CollectSink<Long>());
    }

    private static JobGraph plan(Graphs graphs) {
        return JobPlanner.plan(graphs.build(), JOB, List.of("job.jar"));
    }

    @Test
    void chainsWhatNeedsNoExchange() {
        JobGraph graph =
                plan(
                        Graphs.in(ExecutionMode.STREAMING)
                                .node("source", source(), Types.LONG)
                                .node("map", map(), Types.LONG)
                                .node("sink", sink(), null)
                                .edge(1, 2, Partitioning.Kind.FORWARD)
                                .edge(2, 3, Partitioning.Kind.FORWARD));

        assertThat(graph.vertices()).hasSize(1);
        JobVertex vertex = graph.vertices().get(0);
        assertThat(vertex.name()).isEqualTo("source -> map -> sink");
        assertThat(vertex.operators())
                .extracting(ChainedOperator::chainedTo)
                .containsExactly(List.of(1), List.of(2), List.of());
        assertThat(graph.edges()).isEmpty();
        assertThat(graph.bounded()).isTrue();
        assertThat(graph.userJars()).containsExactly("job.jar");
    }

    @Test
    void breaksTheChainAtExchangesGroupsFlagsAndUnions() {
        assertThat(
                        plan(Graphs.in(ExecutionMode.STREAMING)
                                        .node("a", source(), Types.LONG)
                                        .node("b", map(), Types.LONG)
                                        .edge(1, 2, Partitioning.Kind.REBALANCE))
                                .vertices())
                .hasSize(2);
        assertThat(
                        plan(Graphs.in(ExecutionMode.STREAMING)
                                        .node("a", source(), Types.LONG)
                                        .node("b", map(), Types.LONG, "other", Chaining.ALWAYS)
                                        .edge(1, 2, Partitioning.Kind.FORWARD))
                                .vertices())
                .hasSize(2);
        assertThat(
                        plan(Graphs.in(ExecutionMode.STREAMING)
                                        .node("a", source(), Types.LONG)
                                        .node("b", map(), Types.LONG, "default", Chaining.HEAD)
                                        .node("c", map(), Types.LONG)
                                        .edge(1, 2, Partitioning.Kind.FORWARD)
                                        .edge(2, 3, Partitioning.Kind.FORWARD))
                                .vertices())
                .extracting(JobVertex::name)
                .containsExactly("a", "b -> c");
        JobGraph union =
                plan(
                        Graphs.in(ExecutionMode.STREAMING)
                                .node("a", source(), Types.LONG)
                                .node("b", source(), Types.LONG)
                                .node("c", map(), Types.LONG)
                                .edge(1, 3, Partitioning.Kind.FORWARD)
                                .edge(2, 3, Partitioning.Kind.FORWARD));
        assertThat(union.vertices()).hasSize(3);
        assertThat(union.inputsOf(3)).hasSize(2);
    }

    @Test
    void givesABranchingChainOneVertex() {
        JobGraph graph =
                plan(
                        Graphs.in(ExecutionMode.STREAMING)
                                .node("source", source(), Types.LONG)
                                .node("left", map(), Types.LONG)
                                .node("right", map(), Types.LONG)
                                .edge(1, 2, Partitioning.Kind.FORWARD)
                                .edge(1, 3, Partitioning.Kind.FORWARD));

        assertThat(graph.vertices()).hasSize(1);
        assertThat(graph.vertices().get(0).operators().get(0).chainedTo()).containsExactly(1, 2);
    }

    @Test
    void storedEdgesSeparateTheStagesOfABatchJobUnlessAllOfItRunsAtOnce() {
        assertThat(isStored(ExecutionMode.STREAMING, null)).isFalse();
        assertThat(isStored(ExecutionMode.BATCH, null)).isTrue();
        assertThat(isStored(ExecutionMode.BATCH, "ALL_EXCHANGES_HYBRID_FULL")).isTrue();
        assertThat(isStored(ExecutionMode.BATCH, "ALL_EXCHANGES_PIPELINED")).isFalse();
    }

    private static boolean isStored(ExecutionMode mode, String shuffle) {
        Graphs graphs = Graphs.in(mode);
        if (shuffle != null) {
            graphs.with("execution.batch-shuffle-mode", shuffle);
        }
        JobGraph graph =
                plan(
                        graphs.node("source", source(), Types.LONG)
                                .node("sum", reduce(), Types.LONG)
                                .edge(1, 2, new Partitioning.ByKey(KEY)));
        return graph.edges().get(0).stored();
    }

    @Test
    void sourcesAreTriedTwiceAtATimeOnlyIfTheySayThatTheyMayBe() {
        OperatorSpec sequence =
                new OperatorSpec.SourceSpec(
                        new NumberSequenceSource(1, 9), WatermarkStrategy.noWatermarks());
        JobGraph graph =
                plan(
                        Graphs.in(ExecutionMode.BATCH)
                                .node("says so", sequence, Types.LONG)
                                .node("does not", source(), Types.LONG));

        assertThat(graph.vertices())
                .extracting(vertex -> vertex.operators().get(0).oneAttemptOnly())
                .containsExactly(false, true);
    }

    @Test
    void combinesBeforeAKeyedReduceInBatchOnly() {
        for (ExecutionMode mode : ExecutionMode.values()) {
            JobGraph graph =
                    plan(
                            Graphs.in(mode)
                                    .node("source", source(), Types.LONG)
                                    .node("sum", reduce(), Types.LONG)
                                    .edge(1, 2, new Partitioning.ByKey(KEY)));

            List<ChainedOperator> before = graph.vertex(1).operators();
            JobEdge edge = graph.edges().get(0);
            if (mode == ExecutionMode.BATCH) {
                assertThat(before)
                        .extracting(ChainedOperator::kind)
                        .containsExactly(OperatorSpec.Kind.SOURCE, OperatorSpec.Kind.COMBINE);
                assertThat(before.get(0).chainedTo()).containsExactly(1);
                assertThat(before.get(1).outEdges()).containsExactly(edge.id());
                assertThat(edge.sourceOperator()).isEqualTo(1);
            } else {
                assertThat(before).hasSize(1);
                assertThat(edge.sourceOperator()).isZero();
            }
        }
    }

    @Test
    void refusesWhatCannotRun() {
        assertThatThrownBy(() -> plan(Graphs.in(ExecutionMode.BATCH)))
                .hasMessageStartingWith("PROGRAM_INVALID: The program has no operators");
        assertThatThrownBy(
                        () ->
                                plan(
                                        Graphs.in(ExecutionMode.STREAMING)
                                                .parallelism(2)
                                                .node("a", source(), Types.LONG)
                                                .parallelism(3)
                                                .node("b", map(), Types.LONG)
                                                .edge(1, 2, Partitioning.Kind.FORWARD)))
                .hasMessageContaining("'a' (parallelism 2) cannot forward to 'b' (parallelism 3)");
    }

    @Test
    void namesTheOperatorWhoseFunctionCannotBeSerialized() {
        Object open = new Object();
        MapFunction<Long, Long> capturing = number -> number + open.hashCode();

        assertThatThrownBy(
                        () ->
                                plan(
                                        Graphs.in(ExecutionMode.STREAMING)
                                                .node("source", source(), Types.LONG)
                                                .node(
                                                        "captures",
                                                        new OperatorSpec.MapSpec(capturing),
                                                        Types.LONG)
                                                .edge(1, 2, Partitioning.Kind.FORWARD)))
                .hasMessageStartingWith("FUNCTION_NOT_SERIALIZABLE: captures");
    }
}
