package io.millrace.runtime.message;

import java.util.List;

/**
 * What one subtask of a sink has prepared and nobody may see yet. Immutable.
 *
 * @param operatorIndex index in the vertex's operator list
 * @param checkpointId of the first checkpoint that it belongs to, though that may never have become
 *     complete: by it the coordinator knows what it has already; {@link #AT_END} for what was
 *     prepared at the end of input
 * @param serializerVersion of the sink's committable serializer
 */
public record OperatorCommittables(
        int vertexId,
        int operatorIndex,
        int subtask,
        long checkpointId,
        int serializerVersion,
        List<byte[]> committables) {
    public static final long AT_END = 0;

    public OperatorCommittables {
        committables = List.copyOf(committables);
    }

    /** Prepared at the end of input. */
    public OperatorCommittables(
            int vertexId,
            int operatorIndex,
            int subtask,
            int serializerVersion,
            List<byte[]> committables) {
        this(vertexId, operatorIndex, subtask, AT_END, serializerVersion, committables);
    }
}
