package io.millrace.state.api;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.Keying;
import io.millrace.api.graph.OperatorSpec.TransformSpec;
import io.millrace.api.operator.OneInputStreamOperator;
import io.millrace.api.operator.SimpleOperatorFactory;
import io.millrace.api.operator.StreamOperator;
import io.millrace.api.type.TypeInformation;
import io.millrace.state.api.operator.Blueprint;
import io.millrace.state.api.writer.Target;
import java.util.Objects;
import java.util.function.Function;

/** What operators are made from that programs bring along. */
final class OwnBlueprint {
    static final String NAME = "Own state";

    private OwnBlueprint() {}

    /**
     * @param keys null if the operator has none, as then is the keying
     * @return refuses, with {@code PROGRAM_INVALID}, what has not one input
     */
    static Function<Target, Blueprint> of(
            SavepointWriterOperatorFactory factory,
            KeySelector<?, ?> keys,
            Keying keying,
            TypeInformation<?> inputType) {
        Objects.requireNonNull(factory, "factory of the operator");
        return target ->
                new Blueprint(
                        "",
                        NAME,
                        new TransformSpec(
                                SimpleOperatorFactory.of(operator(factory, target)), keys),
                        keying,
                        inputType);
    }

    private static StreamOperator<?> operator(
            SavepointWriterOperatorFactory factory, Target target) {
        StreamOperator<?> made =
                factory.createOperator(System.currentTimeMillis(), new Path(target.path()));
        if (made instanceof OneInputStreamOperator<?, ?>) {
            return made;
        }
        throw new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "the savepoint "
                        + target.path()
                        + " cannot have what "
                        + (made == null ? "null" : made.getClass().getName())
                        + " holds: state is made from one stream, by a OneInputStreamOperator. For"
                        + " an operator with two inputs give one with one input that asks for the"
                        + " same states by the same descriptors.");
    }
}
