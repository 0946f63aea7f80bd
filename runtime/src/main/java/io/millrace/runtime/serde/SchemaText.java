package io.millrace.runtime.serde;

import io.millrace.api.type.TypeInformation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/** Schemas as text, and what can be computed over them. Pure. */
final class SchemaText {
    private SchemaText() {}

    /**
     * How far the references to what encloses a schema reach out of it: -1 if it is complete by
     * itself, 0 if it refers to the nearest struct or union around it, and so on.
     */
    static int reach(Schema schema) {
        return switch (schema.kind()) {
            case SCALAR, ENUM, ANY, CUSTOM -> -1;
            case ENCLOSING -> ((Schema.Enclosing) schema).levels();
            case STRUCT ->
                    ((Schema.Struct) schema)
                                    .fields().stream()
                                            .mapToInt(field -> reach(field.schema()))
                                            .max()
                                            .orElse(-1)
                            - 1;
            case ROW ->
                    ((Schema.RowOf) schema)
                            .fields().stream()
                                    .mapToInt(field -> reach(field.schema()))
                                    .max()
                                    .orElse(-1);
            case UNION ->
                    ((Schema.Union) schema)
                                    .cases().stream().mapToInt(SchemaText::reach).max().orElse(-1)
                            - 1;
            case SEQUENCE -> reach(((Schema.Sequence) schema).element());
            case MAPPING ->
                    Math.max(
                            reach(((Schema.Mapping) schema).key()),
                            reach(((Schema.Mapping) schema).value()));
            case ARRAY -> reach(((Schema.ArrayOf) schema).element());
            case OPTIONAL -> reach(((Schema.OptionalOf) schema).value());
            case OPEN -> reach(((Schema.Open) schema).exact());
        };
    }

    /**
     * Whether a value may refer to what it is a part of: by a type that does, or by any. Subclasses
     * that add such a field count as if they did not.
     */
    static boolean mayLeadBack(Schema schema) {
        return switch (schema.kind()) {
            case SCALAR, ENUM, CUSTOM -> false;
            case ANY, ENCLOSING -> true;
            case OPEN -> mayLeadBack(((Schema.Open) schema).exact());
            case ROW ->
                    !((Schema.RowOf) schema).known()
                            || ((Schema.RowOf) schema)
                                    .fields().stream()
                                            .anyMatch(field -> mayLeadBack(field.schema()));
            case STRUCT ->
                    ((Schema.Struct) schema)
                            .fields().stream().anyMatch(field -> mayLeadBack(field.schema()));
            case UNION ->
                    ((Schema.Union) schema).cases().stream().anyMatch(SchemaText::mayLeadBack);
            case SEQUENCE -> mayLeadBack(((Schema.Sequence) schema).element());
            case MAPPING ->
                    mayLeadBack(((Schema.Mapping) schema).key())
                            || mayLeadBack(((Schema.Mapping) schema).value());
            case ARRAY -> mayLeadBack(((Schema.ArrayOf) schema).element());
            case OPTIONAL -> mayLeadBack(((Schema.OptionalOf) schema).value());
        };
    }

    /** Refuses what is left open, so that a family of ours is known down to its last part. */
    static void requireKnown(Schema schema, String path) {
        switch (schema.kind()) {
            case SCALAR, ENUM, ENCLOSING -> {}
            case ANY, OPEN, ROW, CUSTOM ->
                    throw new IllegalArgumentException(
                            path + " has a type that is not closed: " + of(schema));
            case STRUCT ->
                    ((Schema.Struct) schema)
                            .fields()
                            .forEach(
                                    field ->
                                            requireKnown(
                                                    field.schema(), path + "." + field.name()));
            case UNION ->
                    ((Schema.Union) schema)
                            .cases()
                            .forEach(
                                    one -> requireKnown(one, path + "|" + of(one).split("\\{")[0]));
            case SEQUENCE -> requireKnown(((Schema.Sequence) schema).element(), path + "[]");
            case MAPPING -> {
                requireKnown(((Schema.Mapping) schema).key(), path + ".key");
                requireKnown(((Schema.Mapping) schema).value(), path + ".value");
            }
            case ARRAY -> requireKnown(((Schema.ArrayOf) schema).element(), path + "[]");
            case OPTIONAL -> requireKnown(((Schema.OptionalOf) schema).value(), path);
        }
    }

    /** A number that differs, but for bad luck, where the wire form or a name differs. */
    static int hash(Schema schema) {
        CRC32C crc = new CRC32C();
        crc.update(of(schema).getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    /** One line: {@code com.x.Count{word STRING?, count LONG}}; a question mark says nullable. */
    static String of(Schema schema) {
        StringBuilder text = new StringBuilder();
        append(schema, text);
        return text.toString();
    }

    private static void append(Schema schema, StringBuilder text) {
        switch (schema.kind()) {
            case SCALAR -> text.append(((Schema.ScalarOf) schema).type());
            case ENUM -> {
                Schema.EnumOf of = (Schema.EnumOf) schema;
                text.append(of.type().getName()).append(of.constants());
            }
            case STRUCT -> {
                Schema.Struct struct = (Schema.Struct) schema;
                text.append(struct.type().getName());
                append(struct.fields(), text);
            }
            case ROW -> {
                Schema.RowOf row = (Schema.RowOf) schema;
                text.append("ROW");
                if (row.known()) {
                    append(row.fields(), text);
                }
            }
            case CUSTOM -> {
                TypeInformation<?> type = ((Schema.Custom) schema).type();
                text.append(type.getClass().getName())
                        .append('<')
                        .append(type.getTypeClass().getName())
                        .append('>');
            }
            case UNION -> {
                Schema.Union union = (Schema.Union) schema;
                text.append(union.type().getName()).append('(');
                String separator = "";
                for (Schema one : union.cases()) {
                    text.append(separator);
                    append(one, text);
                    separator = " | ";
                }
                text.append(')');
            }
            case SEQUENCE -> {
                Schema.Sequence sequence = (Schema.Sequence) schema;
                text.append(sequence.form()).append('<');
                append(sequence.element(), text);
                text.append('>');
            }
            case MAPPING -> {
                Schema.Mapping mapping = (Schema.Mapping) schema;
                text.append(mapping.form()).append('<');
                append(mapping.key(), text);
                text.append(", ");
                append(mapping.value(), text);
                text.append('>');
            }
            case ARRAY -> {
                append(((Schema.ArrayOf) schema).element(), text);
                text.append("[]");
            }
            case OPTIONAL -> {
                text.append("OPTIONAL<");
                append(((Schema.OptionalOf) schema).value(), text);
                text.append('>');
            }
            case OPEN -> {
                append(((Schema.Open) schema).exact(), text);
                text.append('+');
            }
            case ANY -> text.append("ANY");
            case ENCLOSING -> text.append('^').append(((Schema.Enclosing) schema).levels());
        }
    }

    private static void append(List<Schema.Field> fields, StringBuilder text) {
        text.append('{');
        String separator = "";
        for (Schema.Field field : fields) {
            text.append(separator).append(field.name()).append(' ');
            append(field.schema(), text);
            text.append(field.nullable() ? "?" : "");
            separator = ", ";
        }
        text.append('}');
    }
}
