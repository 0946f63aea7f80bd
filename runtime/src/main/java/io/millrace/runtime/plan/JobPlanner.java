package io.millrace.runtime.plan;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.OutputTag;
import io.millrace.api.function.SupportsConcurrentExecutionAttempts;
import io.millrace.api.graph.Attachments;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.sink.CommitterOperator;
import io.millrace.api.sink.FunctionSink;
import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriterOperator;
import io.millrace.api.source.Boundedness;
import io.millrace.api.stream.BatchShuffleMode;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.JavaSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chains the operators of a program into vertices and names the exchanges between them. Pure, but
 * for the serialization of the user's functions; any thread.
 */
public final class JobPlanner {
    private final StreamGraph graph;
    private final Map<Integer, StreamNode> nodes = new HashMap<>();
    private final Map<Integer, List<StreamEdge>> inputs = new HashMap<>();
    private final Map<Integer, List<StreamEdge>> outputs = new HashMap<>();
    private final Map<Integer, Integer> headOf = new HashMap<>();

    private JobPlanner(StreamGraph graph) {
        this.graph = graph;
        for (StreamNode node : graph.nodes()) {
            nodes.put(node.id(), node);
            inputs.put(node.id(), new ArrayList<>());
            outputs.put(node.id(), new ArrayList<>());
        }
        for (StreamEdge edge : graph.edges()) {
            outputs.get(edge.sourceId()).add(edge);
            inputs.get(edge.targetId()).add(edge);
        }
    }

    /**
     * The job as it is deployed.
     *
     * @param userJars as in {@link JobGraph#userJars}
     * @throws MillraceException {@code FUNCTION_NOT_SERIALIZABLE} naming the operator and the
     *     field, {@code PROGRAM_INVALID} for a graph that cannot run
     */
    public static JobGraph plan(StreamGraph graph, JobId jobId, List<String> userJars) {
        return new JobPlanner(GlobalSorts.expanded(graph)).plan(jobId, userJars);
    }

    private JobGraph plan(JobId jobId, List<String> userJars) {
        check();
        Map<Integer, List<StreamNode>> chains = chains();
        List<JobEdge> edges = new ArrayList<>();
        List<JobVertex> vertices = new ArrayList<>();
        Set<Integer> set = new TreeSet<>();
        Map<Integer, List<Integer>> cuttable = new TreeMap<>();
        for (List<StreamNode> chain : chains.values()) {
            vertices.add(vertex(chain, edges));
            cuttable.put(chain.get(0).id(), CuttableInputs.of(chain));
            if (chain.stream().anyMatch(StreamNode::parallelismSet)) {
                set.add(chain.get(0).id());
            }
        }
        return new JobGraph(
                jobId,
                graph.jobName(),
                graph.mode(),
                bounded(),
                AdaptiveVertices.in(vertices, edges, set, cuttable, graph.config()),
                edges,
                graph.config().toMap(),
                userJars,
                attachments());
    }

    private JobAttachments attachments() {
        Attachments attachments = graph.attachments();
        Map<String, String> slotGroups = new TreeMap<>();
        attachments
                .slotSharingGroups()
                .forEach(
                        group ->
                                group.describeResources()
                                        .ifPresent(text -> slotGroups.put(group.getName(), text)));
        return new JobAttachments(
                attachments.parameters() == null
                        ? null
                        : JavaSerialization.write(
                                attachments.parameters(), "global job parameters"),
                attachments.cachedFiles(),
                slotGroups);
    }

    private void check() {
        if (graph.nodes().isEmpty()) {
            throw invalid("The program has no operators. Define a source and a sink first.");
        }
        if (graph.mode() == ExecutionMode.BATCH && !bounded()) {
            throw invalid(
                    "The program has an unbounded source, but runs in batch mode. Set"
                            + " execution.runtime-mode to STREAMING or AUTOMATIC.");
        }
        for (StreamEdge edge : graph.edges()) {
            StreamNode source = nodes.get(edge.sourceId());
            StreamNode target = nodes.get(edge.targetId());
            if (edge.partitioning().kind() == Partitioning.Kind.FORWARD
                    && source.parallelism() != target.parallelism()) {
                throw invalid(
                        String.format(
                                "'%s' (parallelism %d) cannot forward to '%s' (parallelism %d)."
                                        + " Use rebalance() or rescale(), or give both the same"
                                        + " parallelism.",
                                source.name(),
                                source.parallelism(),
                                target.name(),
                                target.parallelism()));
            }
        }
    }

    private static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.PROGRAM_INVALID, message);
    }

    private boolean bounded() {
        for (StreamNode node : graph.nodes()) {
            if (node.spec() instanceof OperatorSpec.SourceSpec spec
                    && spec.source().getBoundedness() != Boundedness.BOUNDED) {
                return false;
            }
        }
        return true;
    }

    /** Chains by the id of their head, in the order of definition; so are the nodes of each. */
    private Map<Integer, List<StreamNode>> chains() {
        Map<Integer, List<StreamNode>> chains = new TreeMap<>();
        for (StreamNode node : graph.nodes()) {
            StreamEdge before = chainedInput(node);
            int head = before == null ? node.id() : headOf.get(before.sourceId());
            headOf.put(node.id(), head);
            chains.computeIfAbsent(head, id -> new ArrayList<>()).add(node);
        }
        return chains;
    }

    /** The edge by which a node hangs on the one before, or null if it starts a chain. */
    private StreamEdge chainedInput(StreamNode node) {
        List<StreamEdge> in = inputs.get(node.id());
        if (in.size() != 1) {
            return null;
        }
        StreamEdge edge = in.get(0);
        StreamNode before = nodes.get(edge.sourceId());
        boolean chained =
                edge.partitioning().kind() == Partitioning.Kind.FORWARD
                        && before.slotSharingGroup().equals(node.slotSharingGroup())
                        && before.chaining() != StreamNode.Chaining.NEVER
                        && node.chaining() == StreamNode.Chaining.ALWAYS;
        return chained ? edge : null;
    }

    private JobVertex vertex(List<StreamNode> chain, List<JobEdge> edges) {
        StreamNode head = chain.get(0);
        List<Integer> indices = new ArrayList<>();
        for (StreamNode node : chain) {
            indices.add(node.id());
        }
        List<ChainedOperator> operators = new ArrayList<>();
        List<ChainedOperator> combiners = new ArrayList<>();
        for (StreamNode node : chain) {
            Ways main = new Ways();
            Map<String, Ways> sides = new LinkedHashMap<>();
            for (StreamEdge edge : outputs.get(node.id())) {
                OutputTag<?> tag = edge.sideOutput();
                Ways ways =
                        tag == null ? main : sides.computeIfAbsent(tag.getId(), id -> new Ways());
                ways.type = tag == null ? null : tag.getTypeInfo();
                StreamNode target = nodes.get(edge.targetId());
                if (headOf.get(target.id()) == head.id()) {
                    ways.chainedTo.add(indices.indexOf(target.id()));
                    continue;
                }
                JobEdge jobEdge;
                if (combines(edge, target)) {
                    int combiner = chain.size() + combiners.size();
                    jobEdge = edge(edges.size(), edge, head, combiner, null);
                    combiners.add(combiner(node, edge, target, jobEdge.id()));
                    ways.chainedTo.add(combiner);
                } else {
                    String sourceTag = tag == null ? null : tag.getId();
                    jobEdge = edge(edges.size(), edge, head, operators.size(), sourceTag);
                    ways.outEdges.add(jobEdge.id());
                }
                edges.add(jobEdge);
            }
            operators.add(operator(node, main, sides));
        }
        operators.addAll(combiners);
        return new JobVertex(
                head.id(),
                vertexName(chain),
                head.parallelism(),
                head.maxParallelism(),
                head.slotSharingGroup(),
                operators,
                null,
                chain.stream().anyMatch(StreamNode::parallelismSet));
    }

    /** Where the records of one output go. */
    private static final class Ways {
        private final List<Integer> chainedTo = new ArrayList<>();
        private final List<Integer> outEdges = new ArrayList<>();
        private TypeInformation<?> type;
    }

    /** A batch job folds before it exchanges what it will fold behind. */
    private boolean combines(StreamEdge edge, StreamNode target) {
        return graph.mode() == ExecutionMode.BATCH
                && edge.partitioning().kind() == Partitioning.Kind.KEY_GROUP
                && target.spec().kind() == OperatorSpec.Kind.KEYED_REDUCE;
    }

    private static ChainedOperator combiner(
            StreamNode node, StreamEdge edge, StreamNode target, int edgeId) {
        OutputTag<?> tag = edge.sideOutput();
        OperatorSpec.KeyedReduceSpec reduce = (OperatorSpec.KeyedReduceSpec) target.spec();
        OperatorSpec.CombineSpec spec =
                new OperatorSpec.CombineSpec(reduce.keySelector(), reduce.function());
        return new ChainedOperator(
                target.id(),
                null,
                target.name() + " (combine)",
                spec.kind(),
                JavaSerialization.write(spec, target.name()),
                typeBytes(tag == null ? node.outputType() : tag.getTypeInfo(), node),
                List.of(),
                List.of(edgeId));
    }

    private JobEdge edge(
            int id, StreamEdge edge, StreamNode head, int sourceOperator, String sourceTag) {
        return new JobEdge(
                id,
                head.id(),
                sourceOperator,
                sourceTag,
                headOf.get(edge.targetId()),
                edge.input(),
                edge.partitioning().kind(),
                JavaSerialization.write(edge.partitioning(), nodes.get(edge.sourceId()).name()),
                separatesStages());
    }

    /** Whether what crosses an edge of a batch job waits until all of it is there. */
    private boolean separatesStages() {
        return graph.mode() == ExecutionMode.BATCH
                && graph.config().get(ProgramOptions.BATCH_SHUFFLE_MODE)
                        != BatchShuffleMode.ALL_EXCHANGES_PIPELINED;
    }

    private static ChainedOperator operator(StreamNode node, Ways main, Map<String, Ways> sides) {
        List<SideOutput> sideOutputs = new ArrayList<>();
        sides.forEach(
                (tag, ways) ->
                        sideOutputs.add(
                                new SideOutput(
                                        tag,
                                        typeBytes(ways.type, node),
                                        ways.chainedTo,
                                        ways.outEdges)));
        return new ChainedOperator(
                node.id(),
                node.uid(),
                node.name(),
                node.spec().kind(),
                JavaSerialization.write(node.spec(), node.name()),
                typeBytes(node.outputType(), node),
                main.chainedTo,
                main.outEdges,
                sideOutputs,
                node.keying() == null ? null : JavaSerialization.write(node.keying(), node.name()),
                node.metricVariables(),
                isReadOnce(node.spec()) || writesOutside(node.spec()));
    }

    /** Whether a source does not say that several of its attempts may run at once. */
    private static boolean isReadOnce(OperatorSpec spec) {
        return spec instanceof OperatorSpec.SourceSpec source
                && !(source.source() instanceof SupportsConcurrentExecutionAttempts);
    }

    /** Whether a sink does not say that several of its attempts may run at once. */
    private static boolean writesOutside(OperatorSpec spec) {
        if (spec instanceof OperatorSpec.TransformSpec transform
                && transform.factory() instanceof SimpleOperatorFactory<?> simple
                && simple.getOperator() instanceof CommitterOperator<?>) {
            return true;
        }
        Sink<?> sink = SinkWriterOperator.sinkOf(spec);
        return sink != null
                && !(sink instanceof SupportsConcurrentExecutionAttempts)
                && !(sink instanceof FunctionSink<?> wrapped
                        && wrapped.supportsConcurrentAttempts());
    }

    private static byte[] typeBytes(TypeInformation<?> type, StreamNode node) {
        return type == null ? null : JavaSerialization.write(type, node.name());
    }

    private static String vertexName(List<StreamNode> chain) {
        StringBuilder name = new StringBuilder();
        for (StreamNode node : chain) {
            name.append(name.length() == 0 ? "" : " -> ").append(node.name());
        }
        return name.toString();
    }
}
