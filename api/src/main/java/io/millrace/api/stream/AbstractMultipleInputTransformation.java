package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator of any number of streams. It becomes part of a program by {@link
 * StreamExecutionEnvironment#addOperator} or {@link MultipleConnectedStreams#transform}, when all
 * its inputs are there. Not thread-safe.
 *
 * @param <OUT> the records that come out
 */
public abstract class AbstractMultipleInputTransformation<OUT> extends OwnTransformation<OUT> {
    protected final List<Transformation<?>> inputs = new ArrayList<>();

    AbstractMultipleInputTransformation(
            String name,
            StreamOperatorFactory<OUT> operatorFactory,
            TypeInformation<OUT> outputType,
            int parallelism,
            boolean parallelismConfigured) {
        super(name, operatorFactory, outputType, parallelism, parallelismConfigured);
    }

    /** One for each input that is keyed; empty if none is. */
    abstract List<KeySelector<?, ?>> keys();

    /** Null if it is erased, or no input is keyed. */
    TypeInformation<?> keyType() {
        return null;
    }

    final void add(Transformation<?> input) {
        requireOutside();
        inputs.add(input);
    }

    @Override
    final void complete(int id) {
        if (inputs.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the operator '" + getName() + "' has no inputs. Call addInput(…) before.");
        }
        draft().complete(
                        id,
                        new OperatorSpec.MultiTransformSpec(operatorFactory, inputs.size(), keys()),
                        inputs.stream().map(Transformation::branches).toList());
        draft().keying = keys().isEmpty() ? null : new Keying(keys(), keyType());
    }

    @Override
    public List<Transformation<?>> getInputs() {
        return List.copyOf(inputs);
    }

    /** With null for each whose type is found from the records. */
    public List<TypeInformation<?>> getInputTypes() {
        List<TypeInformation<?>> types = new ArrayList<>();
        inputs.forEach(input -> types.add(input.getOutputType()));
        return types;
    }
}
