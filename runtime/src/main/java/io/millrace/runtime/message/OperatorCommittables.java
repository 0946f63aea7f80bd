package io.millrace.runtime.message;

import java.util.List;

/**
 * What one subtask of a sink has prepared and nobody may see yet. Immutable.
 *
 * @param operatorIndex index in the vertex's operator list
 * @param serializerVersion of the sink's committable serializer
 */
public record OperatorCommittables(
        int vertexId,
        int operatorIndex,
        int subtask,
        int serializerVersion,
        List<byte[]> committables) {

    public OperatorCommittables {
        committables = List.copyOf(committables);
    }
}
