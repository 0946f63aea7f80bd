package io.millrace.api.stream;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.api.graph.StreamEdge;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamNode;
import java.util.ArrayList;
import java.util.List;

/** A stream graph as JSON, in the form that plan viewers read. Pure. */
final class ExecutionPlan {
    private ExecutionPlan() {}

    static String of(StreamGraph graph) {
        List<String> nodes = new ArrayList<>();
        for (StreamNode node : graph.nodes()) {
            nodes.add(node(graph, node));
        }
        return "{\n  \"nodes\" : [ " + String.join(", ", nodes) + " ]\n}";
    }

    private static String node(StreamGraph graph, StreamNode node) {
        StringBuilder json = new StringBuilder("{\n");
        json.append("    \"id\" : ").append(node.id()).append(",\n");
        field(json, "type", node.name());
        field(json, "pact", pact(node.spec().kind()));
        field(json, "contents", node.description());
        json.append("    \"parallelism\" : ").append(node.parallelism());
        List<String> predecessors = new ArrayList<>();
        for (StreamEdge edge : graph.edges()) {
            if (edge.targetId() == node.id()) {
                predecessors.add(predecessor(edge));
            }
        }
        if (!predecessors.isEmpty()) {
            json.append(",\n    \"predecessors\" : [ ")
                    .append(String.join(", ", predecessors))
                    .append(" ]");
        }
        return json.append("\n  }").toString();
    }

    private static String pact(OperatorSpec.Kind kind) {
        if (kind == OperatorSpec.Kind.SOURCE) {
            return "Data Source";
        }
        return kind == OperatorSpec.Kind.SINK ? "Data Sink" : "Operator";
    }

    private static String predecessor(StreamEdge edge) {
        Partitioning.Kind kind = edge.partitioning().kind();
        return "{\n      \"id\" : "
                + edge.sourceId()
                + ",\n      \"ship_strategy\" : \""
                + (kind == Partitioning.Kind.KEY_GROUP ? "HASH" : kind.name())
                + "\",\n      \"side\" : \""
                + (edge.input() == 0 ? "first" : "second")
                + "\"\n    }";
    }

    private static void field(StringBuilder json, String name, String value) {
        json.append("    \"").append(name).append("\" : \"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append("\",\n");
    }
}
