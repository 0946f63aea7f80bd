package io.millrace.runtime.serde;

/** Written forms as they stand in errors: short, without their parts. Pure. */
final class WrittenText {
    private WrittenText() {}

    static String of(Written written) {
        return switch (written.kind()) {
            case SCALAR -> ((Written.ScalarOf) written).type().name();
            case ENUM -> "enum " + ((Written.EnumOf) written).type();
            case STRUCT -> ((Written.Struct) written).type();
            case UNION -> ((Written.Union) written).type();
            case SEQUENCE -> {
                Written.Sequence sequence = (Written.Sequence) written;
                yield sequence.form() + "<" + of(sequence.element()) + ">";
            }
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) written;
                yield mapping.form() + "<" + of(mapping.key()) + ", " + of(mapping.value()) + ">";
            }
            case ARRAY -> of(((Written.ArrayOf) written).element()) + "[]";
            case OPTIONAL -> "OPTIONAL<" + of(((Written.OptionalOf) written).value()) + ">";
            case OPEN -> ((Written.Open) written).type();
            case ANY -> "a value found at run time";
            case ENCLOSING -> "the type around it";
            case ROW -> "a row";
            case CUSTOM -> ((Written.Custom) written).type() + " by a serializer of its own";
        };
    }
}
