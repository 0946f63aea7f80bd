package io.millrace.runtime.plan;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.OperatorSpec.GlobalSortSpec;
import io.millrace.api.graph.OperatorSpec.SortDealSpec;
import io.millrace.api.graph.OperatorSpec.SortRangesSpec;
import io.millrace.api.graph.OperatorSpec.SortSampleSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.RangePartitioner;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts in front of each global sort of several subtasks what it needs:
 *
 * <pre>
 * input --+--------------------> deal (by range) --> sort
 *         |                        ^ (broadcast)
 *         +--> sample --(one)--> ranges
 * </pre>
 *
 * Pure.
 */
final class GlobalSorts {
    /** Keys that are drawn for each range: ranges then differ by some percent. */
    private static final int KEYS_PER_RANGE = 1000;

    private static final int LEAST_KEYS = 256;
    private static final int MOST_KEYS = 1 << 16;

    private final StreamGraph graph;
    private final Map<Integer, StreamNode> nodes = new HashMap<>();
    private final List<StreamNode> newNodes = new ArrayList<>();
    private final List<StreamEdge> newEdges = new ArrayList<>();

    private GlobalSorts(StreamGraph graph) {
        this.graph = graph;
        graph.nodes().forEach(node -> nodes.put(node.id(), node));
    }

    /** The same graph if nothing is sorted in more than one subtask. */
    static StreamGraph expanded(StreamGraph graph) {
        return graph.nodes().stream().anyMatch(GlobalSorts::isDivided)
                ? new GlobalSorts(graph).expand()
                : graph;
    }

    private static boolean isDivided(StreamNode node) {
        return node.spec() instanceof GlobalSortSpec && node.parallelism() > 1;
    }

    private StreamGraph expand() {
        for (StreamNode node : graph.nodes()) {
            List<StreamEdge> inputs =
                    graph.edges().stream().filter(edge -> edge.targetId() == node.id()).toList();
            if (isDivided(node)) {
                divide(node, (GlobalSortSpec) node.spec(), inputs);
            } else {
                newNodes.add(node);
                newEdges.addAll(inputs);
            }
        }
        return new StreamGraph(
                graph.jobName(),
                graph.mode(),
                newNodes,
                newEdges,
                graph.config(),
                graph.attachments());
    }

    private void divide(StreamNode sort, GlobalSortSpec spec, List<StreamEdge> inputs) {
        StreamNode source = nodes.get(inputs.get(0).sourceId());
        int producers = source.parallelism();
        int ranges = sort.parallelism();
        int sampleId = sort.id() - GlobalSortSpec.FREE_IDS;
        int rangesId = sampleId + 1;
        int dealId = sampleId + 2;
        long keys = (long) KEYS_PER_RANGE * ranges / producers;
        SortSampleSpec sample =
                new SortSampleSpec(
                        spec.keySelector(), (int) Math.max(LEAST_KEYS, Math.min(MOST_KEYS, keys)));
        newNodes.add(node(sampleId, sort, " (sample)", sample, source, null));
        newNodes.add(
                new StreamNode(
                        rangesId,
                        sort.name() + " (ranges)",
                        null,
                        new SortRangesSpec(spec.keyType(), spec.ascending(), ranges),
                        1,
                        sort.maxParallelism(),
                        sort.slotSharingGroup(),
                        null,
                        StreamNode.Chaining.NEVER));
        newNodes.add(
                node(
                        dealId,
                        sort,
                        " (deal)",
                        new SortDealSpec(
                                spec.keySelector(), spec.keyType(), spec.ascending(), ranges),
                        source,
                        sort.outputType()));
        newNodes.add(sort);
        for (StreamEdge input : inputs) {
            // However the stream was dealt before, it is dealt by range here.
            boolean equal = nodes.get(input.sourceId()).parallelism() == producers;
            Partitioning way =
                    new Partitioning.Plain(
                            equal ? Partitioning.Kind.FORWARD : Partitioning.Kind.REBALANCE);
            newEdges.add(edge(input, sampleId, way));
            newEdges.add(edge(input, dealId, way));
        }
        newEdges.add(
                new StreamEdge(
                        sampleId, rangesId, 0, new Partitioning.Plain(Partitioning.Kind.GLOBAL)));
        newEdges.add(
                new StreamEdge(
                        rangesId, dealId, 1, new Partitioning.Plain(Partitioning.Kind.BROADCAST)));
        newEdges.add(new StreamEdge(dealId, sort.id(), 0, RangePartitioner.partitioning()));
    }

    private static StreamNode node(
            int id,
            StreamNode sort,
            String part,
            OperatorSpec spec,
            StreamNode source,
            TypeInformation<?> outputType) {
        // Of as many subtasks as what makes the records, also where that is decided later.
        String name = sort.name() + part;
        return new StreamNode(
                id,
                name,
                name,
                null,
                spec,
                source.parallelism(),
                source.maxParallelism(),
                sort.slotSharingGroup(),
                outputType,
                StreamNode.Chaining.ALWAYS,
                null,
                Map.of(),
                source.parallelismSet());
    }

    private static StreamEdge edge(StreamEdge input, int targetId, Partitioning way) {
        return new StreamEdge(input.sourceId(), targetId, 0, input.sideOutput(), way);
    }
}
