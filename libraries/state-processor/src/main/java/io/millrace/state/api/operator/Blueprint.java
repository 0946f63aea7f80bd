package io.millrace.state.api.operator;

import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.stream.DataStream;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;

/**
 * What an operator is made from. Immutable; travels by Java serialization.
 *
 * @param id of the operator in savepoints
 * @param keying null if it has no keys
 * @param inputType null if it is to be found from the records
 */
public record Blueprint(
        String id, String name, OperatorSpec spec, Keying keying, TypeInformation<?> inputType)
        implements Serializable {

    /**
     * The operator that a stream comes out of.
     *
     * @param input what it reads
     */
    public static Blueprint of(String id, DataStream<?> input, DataStream<?> stream) {
        int node = stream.getTransformation().getId();
        StreamNode found =
                stream.getExecutionEnvironment().getStreamGraph().nodes().stream()
                        .filter(each -> each.id() == node)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no node for " + stream.getTransformation()));
        return new Blueprint(id, found.name(), found.spec(), found.keying(), input.getType());
    }

    /** The same by another id. */
    public Blueprint withId(String newId) {
        return new Blueprint(newId, name, spec, keying, inputType);
    }
}
