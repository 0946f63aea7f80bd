package io.millrace.api.operator;

import io.millrace.api.function.KeySelector;
import java.util.Objects;

/** What the program said of an operator. Immutable. */
public final class StreamConfig {
    private final String operatorName;
    private final OperatorID operatorId;
    // Null on streams without keys.
    private final KeySelector<?, ?>[] keys;

    /**
     * @param keys of each input; null where it is not keyed
     */
    public StreamConfig(String operatorName, OperatorID operatorId, KeySelector<?, ?>... keys) {
        this.operatorName = Objects.requireNonNull(operatorName, "operatorName");
        this.operatorId = Objects.requireNonNull(operatorId, "operatorId");
        this.keys = keys.clone();
    }

    public String getOperatorName() {
        return operatorName;
    }

    public OperatorID getOperatorID() {
        return operatorId;
    }

    /**
     * Takes the key out of a record; null if the input is not keyed.
     *
     * @param input from 0
     * @param classLoader not needed, as the selector is here already
     */
    public KeySelector<?, ?> getStatePartitioner(int input, ClassLoader classLoader) {
        return input < keys.length ? keys[input] : null;
    }
}
