package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.Attachments;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.option.Config;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.source.Boundedness;
import io.millrace.api.type.GenericTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the graph from the drafts and the program's options: everything unset gets its value. Pure.
 */
final class GraphAssembly {
    /** The most key groups, and so the highest parallelism, that any job can have. */
    static final int MAX_KEY_GROUPS = 32768;

    private static final int MIN_DEFAULT_KEY_GROUPS = 128;

    private final Config config;
    private final int defaultParallelism;
    private final boolean chaining;

    /**
     * @param defaultParallelism of operators that have none, if the options have none either
     */
    GraphAssembly(Config config, int defaultParallelism) {
        this.config = config;
        this.defaultParallelism =
                config.find(ProgramOptions.PARALLELISM).orElse(defaultParallelism);
        this.chaining = config.get(ProgramOptions.OPERATOR_CHAINING);
    }

    StreamGraph assemble(String jobName, List<Draft> drafts) {
        return assemble(jobName, drafts, Attachments.NONE);
    }

    StreamGraph assemble(String jobName, List<Draft> drafts, Attachments attachments) {
        if (drafts.isEmpty()) {
            throw invalid(
                    "the program has no operators, so there is nothing to execute. Add a source and"
                            + " a sink before execute().");
        }
        checkUids(drafts);
        Map<Draft, StreamNode> nodes = new HashMap<>();
        List<StreamNode> ordered = new ArrayList<>();
        List<StreamEdge> edges = new ArrayList<>();
        BoundedChecks.checkEnds(drafts);
        for (Draft draft : drafts) {
            OwnOperators.tellTypes(draft, config);
            StreamNode node = node(draft, nodes);
            nodes.put(draft, node);
            ordered.add(node);
            for (int input = 0; input < draft.inputs.size(); input++) {
                for (Draft.Branch branch : draft.inputs.get(input)) {
                    edges.add(edge(branch, nodes.get(branch.source()), node, input));
                }
            }
        }
        ExecutionMode mode = modeOf(drafts);
        checkCaches(drafts, mode);
        BoundedChecks.checkCheckpoints(drafts, mode, config);
        return new StreamGraph(jobName, mode, ordered, edges, config, attachments);
    }

    private static void checkCaches(List<Draft> drafts, ExecutionMode mode) {
        for (Draft draft : drafts) {
            if (draft.cache != null && mode != ExecutionMode.BATCH) {
                throw invalid(
                        "'"
                                + draft.name
                                + "' keeps the records of a bounded stream, in batch mode only. Use"
                                + " env.setRuntimeMode(RuntimeExecutionMode.BATCH), or leave out"
                                + " cache().");
            }
        }
    }

    private void checkUids(List<Draft> drafts) {
        if (!config.get(ProgramOptions.AUTO_GENERATE_UIDS)) {
            for (Draft draft : drafts) {
                if (draft.uid == null) {
                    throw invalid(
                            "'"
                                    + draft.name
                                    + "' has no uid, and "
                                    + ProgramOptions.AUTO_GENERATE_UIDS.key()
                                    + " is false. Give each operator a uid(…).");
                }
            }
        }
        Map<String, Draft> byUid = new HashMap<>();
        for (Draft draft : drafts) {
            String identity = draft.identity();
            Draft other = identity == null ? null : byUid.put(identity, draft);
            if (other != null) {
                throw invalid(
                        "the uid '"
                                + identity
                                + "' is given to both '"
                                + other.name
                                + "' and '"
                                + draft.name
                                + "'. Give each operator a uid of its own.");
            }
        }
    }

    private StreamNode node(Draft draft, Map<Draft, StreamNode> nodes) {
        int parallelism = draft.parallelism > 0 ? draft.parallelism : defaultParallelism;
        int maxParallelism =
                draft.maxParallelism > 0
                        ? draft.maxParallelism
                        : config.find(ProgramOptions.MAX_PARALLELISM)
                                .orElseGet(() -> defaultMaxParallelism(parallelism));
        String name = displayName(draft);
        if (parallelism > maxParallelism) {
            throw invalid(
                    "the parallelism of '"
                            + name
                            + "' is "
                            + parallelism
                            + ", more than its maximum parallelism "
                            + maxParallelism
                            + ". Lower the one or raise the other.");
        }
        if (draft.outputType != null && !config.get(ProgramOptions.GENERIC_TYPES)) {
            GenericTypes.refuseIn(draft.outputType);
        }
        return new StreamNode(
                draft.id,
                name,
                draft.description == null ? name : draft.description,
                draft.identity(),
                draft.spec,
                parallelism,
                maxParallelism,
                groupOf(draft, nodes),
                draft.outputType,
                chaining ? draft.chaining : StreamNode.Chaining.NEVER,
                draft.keying,
                draft.metricVariables,
                draft.parallelism > 0);
    }

    /** One and a half times the parallelism, rounded up to a power of two, from 128 to 32768. */
    static int defaultMaxParallelism(int parallelism) {
        int wanted = parallelism + parallelism / 2;
        int power = Integer.highestOneBit(Math.max(1, wanted - 1)) << 1;
        return Math.max(MIN_DEFAULT_KEY_GROUPS, Math.min(MAX_KEY_GROUPS, power));
    }

    static String displayName(Draft draft) {
        return switch (draft.spec.kind()) {
            case SOURCE -> "Source: " + draft.name;
            case SINK -> "Sink: " + draft.name;
            default -> draft.name;
        };
    }

    /** The draft's own group, else the one that all its inputs share, else the default one. */
    private static String groupOf(Draft draft, Map<Draft, StreamNode> nodes) {
        if (draft.slotSharingGroup != null) {
            return draft.slotSharingGroup;
        }
        Set<String> groups = new TreeSet<>();
        for (List<Draft.Branch> input : draft.inputs) {
            for (Draft.Branch branch : input) {
                groups.add(nodes.get(branch.source()).slotSharingGroup());
            }
        }
        return groups.size() == 1 ? groups.iterator().next() : SlotSharingGroup.DEFAULT;
    }

    private static StreamEdge edge(
            Draft.Branch branch, StreamNode source, StreamNode target, int input) {
        boolean equal = source.parallelism() == target.parallelism();
        Partitioning partitioning = branch.partitioning();
        if (partitioning == null) {
            partitioning =
                    new Partitioning.Plain(
                            equal ? Partitioning.Kind.FORWARD : Partitioning.Kind.REBALANCE);
        }
        if (partitioning.kind() == Partitioning.Kind.FORWARD && !equal) {
            MillraceException invalid =
                    invalid(
                            "forward() needs the same parallelism on both sides, but '"
                                    + source.name()
                                    + "' has "
                                    + source.parallelism()
                                    + " and '"
                                    + target.name()
                                    + "' has "
                                    + target.parallelism()
                                    + ". Use rebalance() or rescale(), or set the same parallelism.");
            // What programs know; its cause has the code.
            throw new UnsupportedOperationException(invalid.getMessage(), invalid);
        }
        return new StreamEdge(source.id(), target.id(), input, branch.sideOutput(), partitioning);
    }

    private ExecutionMode modeOf(List<Draft> drafts) {
        Draft unbounded = null;
        for (Draft draft : drafts) {
            if (draft.spec.kind() == OperatorSpec.Kind.SOURCE
                    && ((SourceSpec) draft.spec).source().getBoundedness() != Boundedness.BOUNDED) {
                unbounded = draft;
            }
        }
        RuntimeExecutionMode wanted = config.get(ProgramOptions.RUNTIME_MODE);
        if (wanted == RuntimeExecutionMode.BATCH && unbounded != null) {
            throw invalid(
                    "the mode is BATCH, but '"
                            + displayName(unbounded)
                            + "' never ends. Use STREAMING or AUTOMATIC, or a bounded source.");
        }
        boolean batch =
                wanted == RuntimeExecutionMode.BATCH
                        || (wanted == RuntimeExecutionMode.AUTOMATIC && unbounded == null);
        return batch ? ExecutionMode.BATCH : ExecutionMode.STREAMING;
    }

    private static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.PROGRAM_INVALID, message);
    }
}
