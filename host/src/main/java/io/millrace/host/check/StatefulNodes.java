package io.millrace.host.check;

import io.millrace.api.checkpoint.CheckpointedFunction;
import io.millrace.api.graph.StreamNode;

/** Which operators keep something over a restart. Pure. */
final class StatefulNodes {
    private StatefulNodes() {}

    static boolean hasState(StreamNode node) {
        if (node.keying() != null) {
            return true;
        }
        return switch (node.spec().kind()) {
            case SOURCE,
                    SINK,
                    KEYED_PROCESS,
                    KEYED_REDUCE,
                    KEYED_CO_PROCESS,
                    BROADCAST_PROCESS,
                    KEYED_BROADCAST_PROCESS,
                    ASYNC,
                    WINDOW,
                    SLICED_WINDOW,
                    SESSION_WINDOW,
                    END_WINDOW,
                    INTERVAL_JOIN ->
                    true;
            case MAP,
                    FLAT_MAP,
                    FILTER,
                    PROCESS,
                    CO_MAP,
                    CO_FLAT_MAP,
                    CO_PROCESS,
                    TRANSFORM,
                    CO_TRANSFORM,
                    MULTI_TRANSFORM ->
                    DeclaredStates.partsOf(node.spec()).stream()
                            .anyMatch(CheckpointedFunction.class::isInstance);
            case COMBINE,
                    FULL_PARTITION,
                    PARTITION_FOLD,
                    GLOBAL_SORT,
                    SORT_SAMPLE,
                    SORT_RANGES,
                    SORT_DEAL,
                    BOUNDED_JOIN,
                    TIMESTAMPS ->
                    false;
        };
    }
}
