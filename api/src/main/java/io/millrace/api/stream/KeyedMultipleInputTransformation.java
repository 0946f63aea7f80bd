package io.millrace.api.stream;

import io.millrace.api.function.KeySelector;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.List;

/** An operator of any number of streams that are keyed alike. Not thread-safe. */
public class KeyedMultipleInputTransformation<OUT>
        extends AbstractMultipleInputTransformation<OUT> {
    protected final TypeInformation<?> stateKeyType;

    private final List<KeySelector<?, ?>> keys = new ArrayList<>();

    /**
     * @param operatorFactory makes a {@link io.millrace.api.operator.MultipleInputStreamOperator}
     * @param outputType null if it is to be found from the records
     * @param parallelism -1 for the environment's
     * @param stateKeyType of the keys of all inputs
     */
    public KeyedMultipleInputTransformation(
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism,
            TypeInformation<?> stateKeyType) {
        this(name, operatorFactory, outputType, parallelism, true, stateKeyType);
    }

    /**
     * @param operatorFactory makes a {@link io.millrace.api.operator.MultipleInputStreamOperator}
     * @param outputType null if it is to be found from the records
     * @param parallelismConfigured false for the environment's parallelism
     * @param stateKeyType of the keys of all inputs
     */
    public KeyedMultipleInputTransformation(
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism,
            boolean parallelismConfigured,
            TypeInformation<?> stateKeyType) {
        super(name, operatorFactory, outputType, parallelism, parallelismConfigured);
        this.stateKeyType = stateKeyType;
    }

    /**
     * The next input, as it is partitioned: that of a {@link KeyedStream} by the same key, so that
     * records of one key meet.
     */
    public KeyedMultipleInputTransformation<OUT> addInput(
            Transformation<?> inputTransformation, KeySelector<?, ?> keySelector) {
        add(inputTransformation);
        keys.add(keySelector);
        return this;
    }

    public TypeInformation<?> getStateKeyType() {
        return stateKeyType;
    }

    public List<KeySelector<?, ?>> getStateKeySelectors() {
        return keys();
    }

    @Override
    TypeInformation<?> keyType() {
        return stateKeyType;
    }

    @Override
    List<KeySelector<?, ?>> keys() {
        return List.copyOf(keys);
    }
}
