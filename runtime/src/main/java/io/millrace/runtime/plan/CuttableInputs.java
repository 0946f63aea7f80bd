package io.millrace.runtime.plan;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Of which inputs of a chain the records of one key may go to several subtasks, if each of these
 * reads all of the other input: those of a join whose results are then the same. Pure.
 *
 * <p>What is cut must not have partners elsewhere that matter, so the other input's records must
 * not be told apart by whether they have a partner. Behind the join, nothing may count on all
 * records of a key.
 */
final class CuttableInputs {
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private CuttableInputs() {}

    static List<Integer> of(List<StreamNode> chain) {
        if (!(chain.get(0).spec() instanceof OperatorSpec.BoundedJoinSpec join)
                || !chain.stream().skip(1).allMatch(node -> needsNoKeys(node.spec().kind()))) {
            return List.of();
        }
        List<Integer> inputs = new ArrayList<>();
        if (!join.join().tellsOfSecond()) {
            inputs.add(FIRST);
        }
        if (!join.join().tellsOfFirst()) {
            inputs.add(SECOND);
        }
        return inputs;
    }

    private static boolean needsNoKeys(OperatorSpec.Kind kind) {
        return switch (kind) {
            case MAP, FLAT_MAP, FILTER, PROCESS, COMBINE, TIMESTAMPS, SINK -> true;
            default -> false;
        };
    }
}
