package io.millrace.runtime.plan;

import io.millrace.api.graph.OperatorSpec;
import java.util.List;
import java.util.Map;

/**
 * One operator inside a vertex. Immutable; the byte arrays are never written to.
 *
 * @param nodeId the id of its {@code StreamNode}
 * @param uid the user's stable id, or null
 * @param spec the {@code OperatorSpec} by Java serialization; opened with the job's class loader
 *     only
 * @param outputType the {@code TypeInformation} of what leaves, by Java serialization; null if
 *     nothing leaves or the type is found from the records
 * @param chainedTo indices in the vertex's operator list that this one calls directly
 * @param outEdges ids of the job edges that this one writes
 * @param sideOutputs those that somebody wants
 * @param keying the {@code Keying} by Java serialization; null if it has no state of keys
 * @param metricVariables of all its metrics, names without angle brackets
 * @param oneAttemptOnly whether two attempts of a subtask must never run at a time
 */
public record ChainedOperator(
        int nodeId,
        String uid,
        String name,
        OperatorSpec.Kind kind,
        byte[] spec,
        byte[] outputType,
        List<Integer> chainedTo,
        List<Integer> outEdges,
        List<SideOutput> sideOutputs,
        byte[] keying,
        Map<String, String> metricVariables,
        boolean oneAttemptOnly) {

    public ChainedOperator {
        metricVariables = Map.copyOf(metricVariables);
        chainedTo = List.copyOf(chainedTo);
        outEdges = List.copyOf(outEdges);
        sideOutputs = List.copyOf(sideOutputs);
    }

    /** An operator without side outputs and keys. */
    public ChainedOperator(
            int nodeId,
            String uid,
            String name,
            OperatorSpec.Kind kind,
            byte[] spec,
            byte[] outputType,
            List<Integer> chainedTo,
            List<Integer> outEdges) {
        this(
                nodeId,
                uid,
                name,
                kind,
                spec,
                outputType,
                chainedTo,
                outEdges,
                List.of(),
                null,
                Map.of(),
                false);
    }

    /**
     * What the operator's state is found by, also by a later program: the uid, or else the place in
     * the program.
     */
    public String identity() {
        return uid == null ? "operator " + nodeId : uid;
    }

    /** The side output with the tag. */
    public SideOutput sideOutput(String tag) {
        for (SideOutput output : sideOutputs) {
            if (output.tag().equals(tag)) {
                return output;
            }
        }
        throw new IllegalArgumentException("'" + name + "' has no side output '" + tag + "'");
    }

    /** Whether records go from this one to another of the chain without an exchange. */
    public boolean calls(int index) {
        return chainedTo.contains(index)
                || sideOutputs.stream().anyMatch(output -> output.chainedTo().contains(index));
    }
}
