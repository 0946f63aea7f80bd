package io.millrace.api.operator;

/**
 * An operator that is told of its task after it was made.
 *
 * @deprecated extend {@link AbstractStreamOperator}, or make the operator in a {@link
 *     StreamOperatorFactory}
 */
@Deprecated
public interface SetupableStreamOperator<OUT> {
    /** Called once, before {@link StreamOperator#open}. */
    void setup(
            StreamTask<?, ?> containingTask, StreamConfig config, Output<StreamRecord<OUT>> output);

    ChainingStrategy getChainingStrategy();

    void setChainingStrategy(ChainingStrategy strategy);
}
