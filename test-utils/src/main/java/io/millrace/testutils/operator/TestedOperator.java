package io.millrace.testutils.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.stream.DataStream;
import java.util.List;

/**
 * The operator that a stream of a program comes out of, with the program's own functions.
 * Immutable.
 *
 * @param keys one for each input
 */
record TestedOperator(OperatorSpec spec, List<KeySelector<?, ?>> keys) {
    /**
     * @throws IllegalArgumentException if it has another number of inputs, or no keys
     */
    static TestedOperator of(DataStream<?> stream, int inputs) {
        int id = stream.getTransformation().getId();
        StreamNode node =
                stream.getExecutionEnvironment().getStreamGraph().nodes().stream()
                        .filter(each -> each.id() == id)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "The stream is of no operator of its environment: "
                                                        + stream.getTransformation().getName()));
        List<KeySelector<?, ?>> keys =
                node.keying() == null ? List.of() : node.keying().selectors();
        if (keys.size() != inputs || keys.contains(null)) {
            throw new IllegalArgumentException(
                    "The harness is for an operator with "
                            + inputs
                            + " keyed inputs, and '"
                            + node.name()
                            + "' has "
                            + keys.stream().filter(key -> key != null).count()
                            + ".");
        }
        return new TestedOperator(node.spec(), keys);
    }
}
