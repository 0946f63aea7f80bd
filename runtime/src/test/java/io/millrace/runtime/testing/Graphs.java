package io.millrace.runtime.testing;

import io.millrace.api.function.OutputTag;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.option.Config;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds stream graphs node by node. Not thread-safe. */
public final class Graphs {
    private final ExecutionMode mode;
    private final List<StreamNode> nodes = new ArrayList<>();
    private final List<StreamEdge> edges = new ArrayList<>();
    private Config config = Config.empty();
    private int parallelism = 1;

    private Graphs(ExecutionMode mode) {
        this.mode = mode;
    }

    public static Graphs in(ExecutionMode mode) {
        return new Graphs(mode);
    }

    /** For the nodes that follow. */
    public Graphs parallelism(int value) {
        parallelism = value;
        return this;
    }

    public Graphs with(String key, String value) {
        config = config.with(key, value);
        return this;
    }

    /** Adds a node; its id is the number of nodes. */
    public Graphs node(String name, OperatorSpec spec, TypeInformation<?> outputType) {
        return node(name, spec, outputType, "default", StreamNode.Chaining.ALWAYS);
    }

    public Graphs node(
            String name,
            OperatorSpec spec,
            TypeInformation<?> outputType,
            String slotSharingGroup,
            StreamNode.Chaining chaining) {
        return node(name, spec, outputType, slotSharingGroup, chaining, null);
    }

    /**
     * @param keying null if it has no state of keys
     */
    public Graphs node(
            String name,
            OperatorSpec spec,
            TypeInformation<?> outputType,
            String slotSharingGroup,
            StreamNode.Chaining chaining,
            Keying keying) {
        nodes.add(
                new StreamNode(
                        nodes.size() + 1,
                        name,
                        name,
                        null,
                        spec,
                        parallelism,
                        128,
                        slotSharingGroup,
                        outputType,
                        chaining,
                        keying,
                        Map.of(),
                        true));
        return this;
    }

    public Graphs edge(int source, int target, Partitioning.Kind kind) {
        return edge(source, target, new Partitioning.Plain(kind));
    }

    public Graphs edge(int source, int target, Partitioning partitioning) {
        edges.add(new StreamEdge(source, target, 0, partitioning));
        return this;
    }

    /**
     * An edge to an input of the target, of a side output of the source or, if null, its main one.
     */
    public Graphs edge(
            int source, int target, int input, OutputTag<?> sideOutput, Partitioning partitioning) {
        edges.add(new StreamEdge(source, target, input, sideOutput, partitioning));
        return this;
    }

    public StreamGraph build() {
        return new StreamGraph("test", mode, nodes, edges, config);
    }
}
