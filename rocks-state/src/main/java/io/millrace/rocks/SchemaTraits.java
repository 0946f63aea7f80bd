package io.millrace.rocks;

import io.millrace.runtime.serde.Schema;
import java.util.List;

/** What follows from a schema for those who store values of it. Pure. */
final class SchemaTraits {
    private SchemaTraits() {}

    /**
     * Whether a value may contain what is described with it, since it is found at run time only.
     */
    static boolean describesItself(Schema schema) {
        return switch (schema.kind()) {
            case SCALAR, ENUM, ENCLOSING -> false;
            case STRUCT -> anyDescribesItself(((Schema.Struct) schema).fields());
            case UNION ->
                    ((Schema.Union) schema)
                            .cases().stream().anyMatch(SchemaTraits::describesItself);
            case SEQUENCE -> describesItself(((Schema.Sequence) schema).element());
            case MAPPING -> {
                Schema.Mapping mapping = (Schema.Mapping) schema;
                yield describesItself(mapping.key()) || describesItself(mapping.value());
            }
            case ARRAY -> describesItself(((Schema.ArrayOf) schema).element());
            case OPTIONAL -> describesItself(((Schema.OptionalOf) schema).value());
            case OPEN, ANY, ROW, CUSTOM -> true;
        };
    }

    private static boolean anyDescribesItself(List<Schema.Field> fields) {
        return fields.stream().anyMatch(field -> describesItself(field.schema()));
    }

    /**
     * Whether values are equal, by {@code equals}, exactly if their bytes are. Not known of what a
     * program defines, so then the answer is no.
     */
    static boolean equalAsBytes(Schema schema) {
        return switch (schema.kind()) {
            case SCALAR -> !((Schema.ScalarOf) schema).type().type().isArray();
            case ENUM -> true;
            case STRUCT -> {
                Schema.Struct struct = (Schema.Struct) schema;
                yield (struct.form() == Schema.Form.TUPLE || generatedEquality(struct.type()))
                        && struct.fields().stream().allMatch(f -> equalAsBytes(f.schema()));
            }
            default -> false;
        };
    }

    private static boolean generatedEquality(Class<?> type) {
        // A record that writes its own equals may call different bytes equal; nobody can see it
        // from outside, and neither can RocksDB: such keys are told apart there as here.
        return type.isRecord();
    }
}
