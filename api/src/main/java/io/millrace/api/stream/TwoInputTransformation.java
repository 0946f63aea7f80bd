package io.millrace.api.stream;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.operator.TwoInputStreamOperator;
import io.millrace.api.type.TypeInformation;
import java.util.Arrays;
import java.util.List;

/**
 * An operator of two streams: what {@link DataStream#getTransformation} gives behind one, or one
 * that a program makes, which becomes part of it by {@link StreamExecutionEnvironment#addOperator}.
 * Not thread-safe.
 *
 * @param <IN1> the records of the first input
 * @param <IN2> the records of the second input
 * @param <OUT> the records that come out
 */
public class TwoInputTransformation<IN1, IN2, OUT> extends OwnTransformation<OUT> {
    // Null if the operator was in the graph before.
    private final Transformation<IN1> input1;
    private final Transformation<IN2> input2;
    private KeySelector<IN1, ?> stateKeySelector1; // null if the input is not keyed
    private KeySelector<IN2, ?> stateKeySelector2; // null if the input is not keyed
    private TypeInformation<?> stateKeyType; // null if no input is keyed, or it is erased

    /** Of an operator that is in the graph. */
    @SuppressWarnings("unchecked") // of the inputs' records
    TwoInputTransformation(Draft draft) {
        super(draft);
        this.input1 = null;
        this.input2 = null;
        if (draft.keying != null) {
            List<KeySelector<?, ?>> selectors = draft.keying.selectors();
            this.stateKeySelector1 = (KeySelector<IN1, ?>) selectors.get(0);
            this.stateKeySelector2 =
                    selectors.size() < 2 ? null : (KeySelector<IN2, ?>) selectors.get(1);
            this.stateKeyType = draft.keying.type();
        }
    }

    public TwoInputTransformation(
            Transformation<IN1> input1,
            Transformation<IN2> input2,
            String name,
            TwoInputStreamOperator<IN1, IN2, OUT> operator,
            TypeInformation<OUT> outputType,
            int parallelism) {
        this(input1, input2, name, SimpleOperatorFactory.of(operator), outputType, parallelism);
    }

    public TwoInputTransformation(
            Transformation<IN1> input1,
            Transformation<IN2> input2,
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism) {
        this(input1, input2, name, operatorFactory, outputType, parallelism, true);
    }

    /**
     * @param parallelismConfigured false for the environment's
     */
    public TwoInputTransformation(
            Transformation<IN1> input1,
            Transformation<IN2> input2,
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism,
            boolean parallelismConfigured) {
        super(name, operatorFactory, outputType, parallelism, parallelismConfigured);
        this.input1 = input1;
        this.input2 = input2;
    }

    public Transformation<IN1> getInput1() {
        return input1 == null ? StreamOutput.of(draft().inputs.get(0)) : input1;
    }

    public Transformation<IN2> getInput2() {
        return input2 == null ? StreamOutput.of(draft().inputs.get(1)) : input2;
    }

    @Override
    public List<Transformation<?>> getInputs() {
        return List.of(getInput1(), getInput2());
    }

    /** Null if it is found from the records. */
    public TypeInformation<IN1> getInputType1() {
        return getInput1().getOutputType();
    }

    /** Null if it is found from the records. */
    public TypeInformation<IN2> getInputType2() {
        return getInput2().getOutputType();
    }

    /**
     * What the program gave.
     *
     * @throws IllegalStateException if the engine's own operator is behind the stream
     */
    @Override
    @SuppressWarnings("unchecked") // the program gave it for these records
    public StreamOperatorFactory<OUT> getOperatorFactory() {
        OperatorSpec spec = draft().spec;
        if (spec == null) {
            return super.getOperatorFactory();
        }
        if (spec instanceof OperatorSpec.CoTransformSpec own) {
            return (StreamOperatorFactory<OUT>) own.factory();
        }
        throw new IllegalStateException(
                "'"
                        + getName()
                        + "' is an operator of the engine ("
                        + spec.kind()
                        + "), which no factory makes.");
    }

    /**
     * The operator's state is by the keys of its records. Before it is in a program.
     *
     * @param stateKeySelector1 null if the first input has none
     * @param stateKeySelector2 null if the second input has none
     */
    public void setStateKeySelectors(
            KeySelector<IN1, ?> stateKeySelector1, KeySelector<IN2, ?> stateKeySelector2) {
        requireOutside();
        this.stateKeySelector1 = stateKeySelector1;
        this.stateKeySelector2 = stateKeySelector2;
    }

    /** Null if it has none. */
    public KeySelector<IN1, ?> getStateKeySelector1() {
        return stateKeySelector1;
    }

    /** Null if it has none. */
    public KeySelector<IN2, ?> getStateKeySelector2() {
        return stateKeySelector2;
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
        draft().complete(
                        id,
                        new OperatorSpec.CoTransformSpec(
                                super.getOperatorFactory(), stateKeySelector1, stateKeySelector2),
                        List.of(input1.branches(), input2.branches()));
        draft().keying =
                stateKeySelector1 == null && stateKeySelector2 == null
                        ? null
                        : new Keying(
                                Arrays.asList(stateKeySelector1, stateKeySelector2), stateKeyType);
    }
}
