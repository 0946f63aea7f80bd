package io.millrace.api.operator;

import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;

/**
 * Makes an operator in the task where it will run. The factory travels, so the operator need not be
 * serializable.
 */
public interface StreamOperatorFactory<OUT> extends Serializable {
    /** Makes the operator and sets it up. Called once in each subtask. */
    <T extends StreamOperator<OUT>> T createStreamOperator(
            StreamOperatorParameters<OUT> parameters);

    void setChainingStrategy(ChainingStrategy strategy);

    ChainingStrategy getChainingStrategy();

    default boolean isStreamSource() {
        return false;
    }

    default boolean isLegacySource() {
        return false;
    }

    /** Whether {@link #setOutputType} is to be called. */
    default boolean isOutputTypeConfigurable() {
        return false;
    }

    default void setOutputType(TypeInformation<OUT> type, ExecutionConfig executionConfig) {}

    /** Whether {@link #setInputType} is to be called. */
    default boolean isInputTypeConfigurable() {
        return false;
    }

    default void setInputType(TypeInformation<?> type, ExecutionConfig executionConfig) {}

    /** The class of the operators that come out. */
    @SuppressWarnings("rawtypes") // as programs know it
    Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader);

    /** What the operators say of themselves. */
    default OperatorAttributes getOperatorAttributes() {
        return new OperatorAttributesBuilder().build();
    }
}
