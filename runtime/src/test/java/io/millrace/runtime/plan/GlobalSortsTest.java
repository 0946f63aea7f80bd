package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.OperatorSpec.Kind;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.option.Config;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.Types;
import io.millrace.runtime.testing.CollectSink;
import io.millrace.runtime.testing.RangeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlobalSortsTest {
    private static final KeySelector<Long, Long> KEY = number -> number;

    private static StreamNode node(int id, OperatorSpec spec, int parallelism) {
        return new StreamNode(
                id,
                spec.kind().name(),
                null,
                spec,
                parallelism,
                128,
                "default",
                spec.kind() == Kind.SINK ? null : Types.LONG,
                Chaining.ALWAYS);
    }

    private static StreamGraph sorting(int producers, int subtasks) {
        OperatorSpec source =
                new OperatorSpec.SourceSpec(
                        new RangeSource<>(10, number -> number), WatermarkStrategy.noWatermarks());
        return new StreamGraph(
                "sorts",
                ExecutionMode.BATCH,
                List.of(
                        node(1, source, producers),
                        node(5, new OperatorSpec.GlobalSortSpec(KEY, null, true), subtasks),
                        node(6, new OperatorSpec.SinkSpec(new CollectSink<Long>()), subtasks)),
                List.of(
                        new StreamEdge(
                                1, 5, 0, new Partitioning.Plain(Partitioning.Kind.REBALANCE)),
                        new StreamEdge(5, 6, 0, new Partitioning.Plain(Partitioning.Kind.FORWARD))),
                Config.of(Map.of()));
    }

    @Test
    void oneSubtaskNeedsNothingBefore() {
        StreamGraph graph = sorting(2, 1);

        assertThat(GlobalSorts.expanded(graph)).isSameAs(graph);
    }

    @Test
    void severalSubtasksHaveASampleRangesAndADealBefore() {
        StreamGraph graph = GlobalSorts.expanded(sorting(2, 4));

        assertThat(graph.nodes())
                .extracting(node -> node.spec().kind())
                .containsExactly(
                        Kind.SOURCE,
                        Kind.SORT_SAMPLE,
                        Kind.SORT_RANGES,
                        Kind.SORT_DEAL,
                        Kind.GLOBAL_SORT,
                        Kind.SINK);
        assertThat(graph.nodes()).extracting(StreamNode::id).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(graph.nodes())
                .extracting(StreamNode::parallelism)
                .containsExactly(2, 2, 1, 2, 4, 4);
        assertThat(graph.edges())
                .extracting(
                        edge ->
                                edge.sourceId()
                                        + "-"
                                        + edge.targetId()
                                        + "."
                                        + edge.input()
                                        + " "
                                        + edge.partitioning().kind())
                .containsExactlyInAnyOrder(
                        "1-2.0 FORWARD",
                        "1-4.0 FORWARD",
                        "2-3.0 GLOBAL",
                        "3-4.1 BROADCAST",
                        "4-5.0 CUSTOM",
                        "5-6.0 FORWARD");
    }

    @Test
    void theSampleIsDrawnWhereTheRecordsAreMade() {
        JobGraph job =
                JobPlanner.plan(
                        sorting(2, 4), new JobId("0123456789abcdef0123456789abcdef"), List.of());

        assertThat(job.vertices())
                .extracting(JobVertex::name)
                .containsExactly(
                        "SOURCE -> GLOBAL_SORT (sample)",
                        "GLOBAL_SORT (ranges)",
                        "GLOBAL_SORT (deal)",
                        "GLOBAL_SORT -> SINK");
        assertThat(job.edges()).allMatch(JobEdge::stored);
    }

    @Test
    void moreKeysAreDrawnForMoreRanges() {
        OperatorSpec.SortSampleSpec few =
                (OperatorSpec.SortSampleSpec)
                        GlobalSorts.expanded(sorting(4, 2)).nodes().get(1).spec();
        OperatorSpec.SortSampleSpec many =
                (OperatorSpec.SortSampleSpec)
                        GlobalSorts.expanded(sorting(4, 100)).nodes().get(1).spec();

        assertThat(few.keys()).isEqualTo(500);
        assertThat(many.keys()).isEqualTo(25_000);
    }

    @Test
    void theSampleAndTheDealHaveAParallelismOfTheirOwnOnlyIfTheirInputHas() {
        StreamGraph graph = sorting(2, 4);
        StreamNode source = graph.nodes().get(0);
        StreamNode open =
                new StreamNode(
                        source.id(),
                        source.name(),
                        source.name(),
                        null,
                        source.spec(),
                        2,
                        128,
                        "default",
                        Types.LONG,
                        Chaining.ALWAYS,
                        null,
                        Map.of(),
                        false);
        List<StreamNode> nodes = new ArrayList<>(graph.nodes());
        nodes.set(0, open);

        StreamGraph expanded =
                GlobalSorts.expanded(
                        new StreamGraph(
                                "sorts", graph.mode(), nodes, graph.edges(), graph.config()));

        assertThat(expanded.nodes())
                .extracting(StreamNode::parallelismSet)
                .containsExactly(false, false, true, false, true, true);
    }
}
