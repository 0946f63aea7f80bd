package io.millrace.runtime.plan;

import java.util.List;

/**
 * A side output of an operator that somebody wants. Immutable; the bytes are never written to.
 *
 * @param tag the id of its {@code OutputTag}
 * @param type the {@code TypeInformation} of its records, by Java serialization; null if it is
 *     found from the records
 * @param chainedTo indices in the vertex's operator list of those that are called directly
 * @param outEdges ids of the job edges that are written
 */
public record SideOutput(String tag, byte[] type, List<Integer> chainedTo, List<Integer> outEdges) {
    public SideOutput {
        chainedTo = List.copyOf(chainedTo);
        outEdges = List.copyOf(outEdges);
    }
}
