package io.millrace.api.graph;

import io.millrace.api.option.Config;
import java.util.List;

/**
 * The program as the user wrote it: operators and the edges between them. Made by {@code
 * StreamExecutionEnvironment}, chained into a job graph by the runtime. Immutable.
 *
 * @param nodes in the order of definition, so that a source comes before its targets
 * @param mode never {@code AUTOMATIC}: resolved when the graph is made
 * @param config the program's and the command line's options
 * @param attachments what travels beside operators and options
 */
public record StreamGraph(
        String jobName,
        ExecutionMode mode,
        List<StreamNode> nodes,
        List<StreamEdge> edges,
        Config config,
        Attachments attachments) {

    /** How a job runs. */
    public enum ExecutionMode {
        /** Results as early as possible; state of all keys at once. */
        STREAMING,
        /** Final results only; bounded sources only. */
        BATCH
    }

    /** Without attachments. */
    public StreamGraph(
            String jobName,
            ExecutionMode mode,
            List<StreamNode> nodes,
            List<StreamEdge> edges,
            Config config) {
        this(jobName, mode, nodes, edges, config, Attachments.NONE);
    }

    /** What a cluster is given: this graph, which the engine itself makes tasks of. */
    public StreamGraph getJobGraph() {
        return this;
    }

    public StreamGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
