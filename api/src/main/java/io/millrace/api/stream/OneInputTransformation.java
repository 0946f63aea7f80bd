package io.millrace.api.stream;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.EngineOperator;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.stream.Draft.Branch;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/**
 * An operator of one stream: what {@link DataStream#getTransformation} gives behind one, or one
 * that a program makes, which becomes part of it by {@link StreamExecutionEnvironment#addOperator}.
 * Not thread-safe.
 *
 * @param <IN> the records that go in
 * @param <OUT> the records that come out
 */
public class OneInputTransformation<IN, OUT> extends OwnTransformation<OUT> {
    private final Transformation<IN> input; // null if the operator was in the graph before
    private KeySelector<IN, ?> stateKeySelector; // null if it is not keyed
    private TypeInformation<?> stateKeyType; // null if it is not keyed, or is erased

    /** Of an operator that is in the graph. */
    OneInputTransformation(Draft draft) {
        super(draft);
        this.input = null;
        if (draft.keying != null) {
            this.stateKeySelector = selectorOf(draft.keying);
            this.stateKeyType = draft.keying.type();
        }
    }

    @SuppressWarnings("unchecked") // of the input's records
    private static <IN> KeySelector<IN, ?> selectorOf(Keying keying) {
        return (KeySelector<IN, ?>) keying.selectors().get(0);
    }

    public OneInputTransformation(
            Transformation<IN> input,
            String name,
            OneInputStreamOperator<IN, OUT> operator,
            TypeInformation<OUT> outputType,
            int parallelism) {
        this(input, name, SimpleOperatorFactory.of(operator), outputType, parallelism);
    }

    public OneInputTransformation(
            Transformation<IN> input,
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism) {
        this(input, name, operatorFactory, outputType, parallelism, true);
    }

    /**
     * @param parallelismConfigured false for the environment's
     */
    public OneInputTransformation(
            Transformation<IN> input,
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism,
            boolean parallelismConfigured) {
        super(name, operatorFactory, outputType, parallelism, parallelismConfigured);
        this.input = input;
    }

    public Transformation<IN> getInput() {
        return input == null ? StreamOutput.of(draft().inputs.get(0)) : input;
    }

    @Override
    public List<Transformation<?>> getInputs() {
        return List.of(getInput());
    }

    /** Null if it is found from the records. */
    public TypeInformation<IN> getInputType() {
        return getInput().getOutputType();
    }

    /**
     * The operator that the program gave; one of the engine's is an {@link EngineOperator}.
     *
     * @throws IllegalStateException if the program gave a factory, which makes operators in tasks
     */
    @SuppressWarnings("unchecked") // the program gave it for these records
    public OneInputStreamOperator<IN, OUT> getOperator() {
        if (getOperatorFactory() instanceof SimpleOperatorFactory<OUT> simple) {
            return (OneInputStreamOperator<IN, OUT>) simple.getOperator();
        }
        throw new IllegalStateException(
                "'" + getName() + "' has a factory, which makes its operators in their tasks.");
    }

    @Override
    @SuppressWarnings("unchecked") // the spec was made for these records
    public StreamOperatorFactory<OUT> getOperatorFactory() {
        OperatorSpec spec = draft().spec;
        if (spec == null) {
            return super.getOperatorFactory();
        }
        return spec instanceof OperatorSpec.TransformSpec own
                ? (StreamOperatorFactory<OUT>) own.factory()
                : SimpleOperatorFactory.of(new EngineOperator<IN, OUT>(spec));
    }

    /**
     * The operator's state is by the keys of its records. Before it is in a program.
     *
     * @param stateKeySelector null if it has none
     */
    public void setStateKeySelector(KeySelector<IN, ?> stateKeySelector) {
        requireOutside();
        this.stateKeySelector = stateKeySelector;
    }

    /** Null if it has none. */
    public KeySelector<IN, ?> getStateKeySelector() {
        return stateKeySelector;
    }

    /**
     * @param stateKeyType null if it is to be found from the keys
     */
    public void setStateKeyType(TypeInformation<?> stateKeyType) {
        requireOutside();
        this.stateKeyType = stateKeyType;
    }

    /** Null if there are no keys, or their type is found from them. */
    public TypeInformation<?> getStateKeyType() {
        return stateKeyType;
    }

    @Override
    void complete(int id) {
        OperatorSpec spec =
                super.getOperatorFactory() instanceof SimpleOperatorFactory<OUT> simple
                                && simple.getOperator() instanceof EngineOperator<?, ?> engine
                        ? engine.spec()
                        : new OperatorSpec.TransformSpec(
                                super.getOperatorFactory(), stateKeySelector);
        List<Branch> branches = input.branches();
        draft().complete(id, spec, List.of(branches));
        draft().keying =
                stateKeySelector == null ? null : Keying.of(stateKeySelector, stateKeyType);
    }
}
