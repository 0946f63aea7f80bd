package io.millrace.runtime.plan;

import io.millrace.api.graph.OperatorSpec;
import java.util.List;

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
 */
public record ChainedOperator(
        int nodeId,
        String uid,
        String name,
        OperatorSpec.Kind kind,
        byte[] spec,
        byte[] outputType,
        List<Integer> chainedTo,
        List<Integer> outEdges) {

    public ChainedOperator {
        chainedTo = List.copyOf(chainedTo);
        outEdges = List.copyOf(outEdges);
    }
}
