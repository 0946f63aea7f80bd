package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import java.util.List;

/** Says which class runs an operator. Immutable; any thread. */
public interface OperatorCatalogue {
    /**
     * The class for a kind: final and top-level, with one constructor {@code (spec,
     * OperatorContext, Receiver)}.
     *
     * @param stored whether checkpoints may be taken of it, or it starts from one
     */
    Class<? extends Operator> operatorFor(
            OperatorSpec.Kind kind, ExecutionMode mode, boolean stored);

    /**
     * What sorts the input of a keyed operator by key; null if its input is to be taken as it
     * comes.
     *
     * @param keys of each input; null for one that is not sorted
     */
    default KeySort keySort(OperatorContext context, List<KeySelector<Object, Object>> keys) {
        return null;
    }

    /**
     * What folds the records of each key of a window that fires at the end of the input; null if
     * its operator does that itself.
     */
    default KeyFold keyFold(OperatorContext context, OperatorSpec.WindowSpec spec) {
        return null;
    }

    /**
     * The serializer of what an operator emits. Both ends of an edge ask with the same arguments.
     *
     * @param type null if it is found from the records
     */
    default Serializer<?> serializerOf(
            ChainedOperator producer, TypeInformation<?> type, JobSerializers serializers) {
        return serializers.of(type);
    }
}
