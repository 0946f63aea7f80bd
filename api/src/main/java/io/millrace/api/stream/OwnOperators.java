package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamNode.Chaining;
import io.millrace.api.operator.ChainingStrategy;
import io.millrace.api.operator.StreamOperatorFactory;
import io.millrace.api.option.Config;
import io.millrace.api.type.TypeInformation;

/** What a program's own operator says of itself, and is told, while the graph is built. */
final class OwnOperators {
    private OwnOperators() {}

    static Chaining chainingOf(ChainingStrategy strategy) {
        return switch (strategy) {
            case ALWAYS -> Chaining.ALWAYS;
            case NEVER -> Chaining.NEVER;
            case HEAD, HEAD_WITH_SOURCES -> Chaining.HEAD;
        };
    }

    /** Tells operators that want to know it what comes in and goes out. */
    static void tellTypes(Draft draft, Config config) {
        if (draft.spec instanceof OperatorSpec.TransformSpec spec) {
            tellTypes(spec.factory(), draft, config);
        } else if (draft.spec instanceof OperatorSpec.CoTransformSpec spec) {
            tellTypes(spec.factory(), draft, config);
        } else if (draft.spec instanceof OperatorSpec.MultiTransformSpec spec) {
            tellTypes(spec.factory(), draft, config);
        }
    }

    @SuppressWarnings("unchecked") // the draft's type is that of what the operator emits
    private static <OUT> void tellTypes(
            StreamOperatorFactory<OUT> factory, Draft draft, Config config) {
        if (factory.isInputTypeConfigurable()) {
            TypeInformation<?> in = draft.inputs.get(0).get(0).type();
            factory.setInputType(known(in, "input", draft), new ExecutionConfig(config));
        }
        if (factory.isOutputTypeConfigurable() && draft.outputType != null) {
            factory.setOutputType(
                    (TypeInformation<OUT>) draft.outputType, new ExecutionConfig(config));
        }
    }

    private static TypeInformation<?> known(TypeInformation<?> type, String what, Draft draft) {
        if (type == null) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    "the operator '"
                            + draft.name
                            + "' wants to know the type of its "
                            + what
                            + ", which is erased. Give it with returns(…) on the stream before.");
        }
        return type;
    }
}
