package io.millrace.api.graph;

import io.millrace.api.type.TypeInformation;
import java.util.Map;

/**
 * One operator of the program, before chaining. Immutable.
 *
 * @param id unique in its graph, from 1, in the order of definition
 * @param description a longer text about it, or the name again
 * @param uid the user's stable id, or null
 * @param parallelism at least 1
 * @param maxParallelism number of key groups, at least {@code parallelism}
 * @param outputType type of the records that leave; null for sinks, and for operators whose type is
 *     erased and will be found from the records
 * @param chaining whether this operator may be chained to the ones before and behind
 * @param keying the keys of its inputs; null if it has no state of keys
 * @param metricVariables of all its metrics, names without angle brackets
 * @param parallelismSet whether the program says how many subtasks it has
 */
public record StreamNode(
        int id,
        String name,
        String description,
        String uid,
        OperatorSpec spec,
        int parallelism,
        int maxParallelism,
        String slotSharingGroup,
        TypeInformation<?> outputType,
        Chaining chaining,
        Keying keying,
        Map<String, String> metricVariables,
        boolean parallelismSet) {

    /** Chaining as the program wishes it. */
    public enum Chaining {
        ALWAYS,
        /** Starts a new chain: may be chained to those behind only. */
        HEAD,
        NEVER
    }

    /** Described by its name, without keys and metric variables. */
    public StreamNode(
            int id,
            String name,
            String uid,
            OperatorSpec spec,
            int parallelism,
            int maxParallelism,
            String slotSharingGroup,
            TypeInformation<?> outputType,
            Chaining chaining) {
        this(
                id,
                name,
                name,
                uid,
                spec,
                parallelism,
                maxParallelism,
                slotSharingGroup,
                outputType,
                chaining,
                null,
                Map.of(),
                true);
    }

    public StreamNode {
        metricVariables = Map.copyOf(metricVariables);
        if (parallelism < 1 || maxParallelism < parallelism) {
            throw new IllegalArgumentException(
                    name + ": parallelism " + parallelism + ", max parallelism " + maxParallelism);
        }
    }
}
