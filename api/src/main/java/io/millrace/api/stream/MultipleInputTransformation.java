package io.millrace.api.stream;

import io.millrace.api.function.KeySelector;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.type.TypeInformation;
import java.util.List;

/** An operator of any number of streams, without keys. Not thread-safe. */
public class MultipleInputTransformation<OUT> extends AbstractMultipleInputTransformation<OUT> {
    /**
     * @param operatorFactory makes a {@link io.millrace.api.operator.MultipleInputStreamOperator}
     * @param outputType null if it is to be found from the records
     * @param parallelism -1 for the environment's
     */
    public MultipleInputTransformation(
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism) {
        this(name, operatorFactory, outputType, parallelism, true);
    }

    /**
     * @param operatorFactory makes a {@link io.millrace.api.operator.MultipleInputStreamOperator}
     * @param outputType null if it is to be found from the records
     * @param parallelismConfigured false for the environment's parallelism
     */
    public MultipleInputTransformation(
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism,
            boolean parallelismConfigured) {
        super(name, operatorFactory, outputType, parallelism, parallelismConfigured);
    }

    /** The next input, as it is partitioned. */
    public MultipleInputTransformation<OUT> addInput(Transformation<?> inputTransformation) {
        add(inputTransformation);
        return this;
    }

    @Override
    List<KeySelector<?, ?>> keys() {
        return List.of();
    }
}
