package io.millrace.host.check;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.source.Boundedness;
import io.millrace.api.type.GenericTypes;
import io.millrace.api.type.TypeInformation;
import io.millrace.host.check.DeclaredStates.Declared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What can be said of a program from its operators alone. Pure, but for generators of watermarks,
 * which the program makes.
 */
public final class ProgramCheck {
    private final StreamGraph graph;
    private final List<Finding> findings = new ArrayList<>();

    private ProgramCheck(StreamGraph graph) {
        this.graph = graph;
    }

    /** In the order of the operators. */
    public static List<Finding> of(StreamGraph graph) {
        ProgramCheck check = new ProgramCheck(graph);
        boolean streams = graph.mode() == ExecutionMode.STREAMING;
        if (streams) {
            check.checkpoints();
        }
        for (StreamNode node : graph.nodes()) {
            check.types(node);
            if (streams) {
                check.uid(node);
            }
        }
        if (streams && isUnbounded(graph)) {
            graph.nodes().forEach(check::growth);
            check.findings.addAll(TimeCheck.of(graph));
        }
        return List.copyOf(check.findings);
    }

    static boolean isUnbounded(StreamGraph graph) {
        return graph.nodes().stream()
                .anyMatch(
                        node ->
                                node.spec() instanceof OperatorSpec.SourceSpec source
                                        && source.source().getBoundedness() != Boundedness.BOUNDED);
    }

    private void checkpoints() {
        boolean takes = graph.config().find(CheckpointOptions.INTERVAL).isPresent();
        if (!takes && isUnbounded(graph)) {
            findings.add(
                    Finding.warning(
                            "no-checkpoints",
                            "the input never ends, and no checkpoints are taken: after a failure"
                                    + " the job has nothing to go back to",
                            CheckpointOptions.INTERVAL.key(),
                            "call env.enableCheckpointing(…), or set the option"));
        }
    }

    private void uid(StreamNode node) {
        if (node.uid() == null && StatefulNodes.hasState(node)) {
            findings.add(
                    Finding.warning(
                            "uid-missing",
                            "the operator has state and no uid: its state is found by its place in"
                                    + " the program, and is lost when an operator is added or"
                                    + " removed before it",
                            node.name(),
                            "give it a uid(\"…\")"));
        }
    }

    private void types(StreamNode node) {
        type(node, "records", node.outputType());
        if (node.keying() != null) {
            type(node, "keys", node.keying().type());
        }
        for (Declared declared : DeclaredStates.of(node).values()) {
            type(node, "state '" + declared.name() + "'", declared.values());
        }
    }

    private void type(StreamNode node, String of, TypeInformation<?> type) {
        if (type == null) {
            return; // sinks have none, and what is erased is said to be by nobody
        }
        for (Map.Entry<Class<?>, String> generic : GenericTypes.in(type).entrySet()) {
            findings.add(
                    Finding.warning(
                            "generic-type",
                            "of "
                                    + generic.getKey().getName()
                                    + " only the class is known"
                                    + (generic.getValue().isEmpty()
                                            ? ""
                                            : " (at " + generic.getValue() + ")")
                                    + ": it is written by its fields, more slowly, and cannot be"
                                    + " a key",
                            node.name() + ", " + of,
                            "make it a record or a POJO, or give it a TypeInfoFactory"));
        }
    }

    // ---- state that grows

    private void growth(StreamNode node) {
        if (node.spec().kind() == OperatorSpec.Kind.KEYED_REDUCE) {
            findings.add(
                    Finding.warning(
                            "unbounded-state",
                            "it keeps a value for each key for ever",
                            node.name(),
                            "fold in windows, or in a KeyedProcessFunction whose state has a time"
                                    + " to live, unless keys are few"));
        } else if (node.spec() instanceof OperatorSpec.WindowSpec window) {
            findings.addAll(WindowCheck.of(node, window));
        } else if (node.keying() != null) {
            functionState(node);
        }
    }

    private void functionState(StreamNode node) {
        Map<String, Declared> states = DeclaredStates.of(node);
        boolean any = false;
        for (Declared declared : states.values()) {
            any |= !declared.broadcast();
            if (!declared.broadcast() && !declared.hasLifetime()) {
                findings.add(
                        Finding.warning(
                                "unbounded-state",
                                "state '" + declared.name() + "' of each key has no time to live",
                                node.name(),
                                "enableTimeToLive(…) of its descriptor, or clear it by a timer,"
                                        + " unless keys are few"));
            }
        }
        if (!any && node.spec().kind() != OperatorSpec.Kind.INTERVAL_JOIN) {
            findings.add(
                    Finding.note(
                            "state-unknown",
                            "what it keeps for each key is known when it runs",
                            node.name(),
                            "see that its states have a time to live, or are cleared"));
        }
    }
}
