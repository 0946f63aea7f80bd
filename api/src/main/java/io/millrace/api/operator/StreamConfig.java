package io.millrace.api.operator;

import io.millrace.api.function.KeySelector;
import java.util.Objects;

/** What the program said of an operator. Immutable. */
public final class StreamConfig {
    private final String operatorName;
    private final OperatorID operatorId;
    // Null on streams without keys.
    private final KeySelector<?, ?> firstKey;
    private final KeySelector<?, ?> secondKey;

    /**
     * @param firstKey of the first input; null if it is not keyed
     * @param secondKey of the second input; null if there is none, or it is not keyed
     */
    public StreamConfig(
            String operatorName,
            OperatorID operatorId,
            KeySelector<?, ?> firstKey,
            KeySelector<?, ?> secondKey) {
        this.operatorName = Objects.requireNonNull(operatorName, "operatorName");
        this.operatorId = Objects.requireNonNull(operatorId, "operatorId");
        this.firstKey = firstKey;
        this.secondKey = secondKey;
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
        return input == 0 ? firstKey : secondKey;
    }
}
