package io.millrace.coordinator.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operators of a job by what their state is found by. Immutable.
 *
 * <p>Combiners are left out: they belong to bounded execution, hold nothing at a barrier, and share
 * the place of what they combine for.
 */
public final class OperatorIds {
    private final Map<String, Place> places;

    private OperatorIds(Map<String, Place> places) {
        this.places = places;
    }

    /** Where an operator is. */
    record Place(JobVertex vertex, int operatorIndex) {
        ChainedOperator operator() {
            return vertex.operators().get(operatorIndex);
        }
    }

    /**
     * @throws MillraceException {@code CHECKPOINT_INCOMPATIBLE} if two operators have one id
     */
    public static OperatorIds of(JobGraph graph) {
        Map<String, Place> places = new TreeMap<>();
        for (JobVertex vertex : graph.vertices()) {
            for (int i = 0; i < vertex.operators().size(); i++) {
                ChainedOperator operator = vertex.operators().get(i);
                if (operator.kind() == OperatorSpec.Kind.COMBINE) {
                    continue;
                }
                Place other = places.put(operator.identity(), new Place(vertex, i));
                if (other != null) {
                    throw new MillraceException(
                            ErrorCode.CHECKPOINT_INCOMPATIBLE,
                            "operators '"
                                    + other.operator().name()
                                    + "' and '"
                                    + operator.name()
                                    + "' have the same uid '"
                                    + operator.identity()
                                    + "': their state could not be told apart. Give each a uid of"
                                    + " its own.");
                }
            }
        }
        return new OperatorIds(places);
    }

    /** Null if the job has no such operator. */
    Place find(String id) {
        return places.get(id);
    }
}
