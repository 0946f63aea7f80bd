package io.millrace.api.operator;

import io.millrace.api.stream.ExecutionConfig;
import io.millrace.api.type.InputTypeConfigurable;
import io.millrace.api.type.TypeInformation;
import java.util.Objects;

/** Gives an operator that travelled with the program. */
@SuppressWarnings("deprecation") // operators that were set up before there were factories
public class SimpleOperatorFactory<OUT> extends AbstractStreamOperatorFactory<OUT> {
    private static final long serialVersionUID = 1L;

    private final StreamOperator<OUT> operator;

    protected SimpleOperatorFactory(StreamOperator<OUT> operator) {
        this.operator = Objects.requireNonNull(operator, "operator");
        if (operator instanceof SetupableStreamOperator<?> setupable) {
            this.chainingStrategy = setupable.getChainingStrategy();
        }
    }

    public static <OUT> SimpleOperatorFactory<OUT> of(StreamOperator<OUT> operator) {
        return new SimpleOperatorFactory<>(operator);
    }

    public StreamOperator<OUT> getOperator() {
        return operator;
    }

    @Override
    @SuppressWarnings("unchecked") // the caller knows what the program gave
    public <T extends StreamOperator<OUT>> T createStreamOperator(
            StreamOperatorParameters<OUT> parameters) {
        if (operator instanceof AbstractStreamOperator<OUT> known) {
            known.setProcessingTimeService(parameters.getProcessingTimeService());
        }
        if (operator instanceof SetupableStreamOperator<?>) {
            ((SetupableStreamOperator<OUT>) operator)
                    .setup(
                            parameters.getContainingTask(),
                            parameters.getStreamConfig(),
                            parameters.getOutput());
        }
        return (T) operator;
    }

    @Override
    public void setChainingStrategy(ChainingStrategy strategy) {
        this.chainingStrategy = strategy;
        if (operator instanceof SetupableStreamOperator<?> setupable) {
            setupable.setChainingStrategy(strategy);
        }
    }

    @Override
    public boolean isOutputTypeConfigurable() {
        return operator instanceof OutputTypeConfigurable<?>;
    }

    @Override
    @SuppressWarnings("unchecked") // an operator configures its own output
    public void setOutputType(TypeInformation<OUT> type, ExecutionConfig executionConfig) {
        ((OutputTypeConfigurable<OUT>) operator).setOutputType(type, executionConfig);
    }

    @Override
    public boolean isInputTypeConfigurable() {
        return operator instanceof InputTypeConfigurable;
    }

    @Override
    public void setInputType(TypeInformation<?> type, ExecutionConfig executionConfig) {
        ((InputTypeConfigurable) operator).setInputType(type, executionConfig);
    }

    @Override
    @SuppressWarnings("rawtypes") // as programs know it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return operator.getClass();
    }

    @Override
    public OperatorAttributes getOperatorAttributes() {
        return operator.getOperatorAttributes();
    }
}
