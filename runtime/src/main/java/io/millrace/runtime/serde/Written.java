package io.millrace.runtime.serde;

import java.util.List;

/**
 * What was written, by names instead of classes: it can be read where the classes are not there any
 * more, or have changed. Mirrors {@link Schema}. Immutable; {@link PlainValues} reads what it is
 * about.
 */
public sealed interface Written {
    Schema.Kind kind();

    /** See {@link Schema.ScalarOf}. */
    record ScalarOf(Scalar type) implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.SCALAR;
        }
    }

    /** See {@link Schema.EnumOf}. */
    record EnumOf(String type, List<String> constants) implements Written {
        public EnumOf {
            constants = List.copyOf(constants);
        }

        @Override
        public Schema.Kind kind() {
            return Schema.Kind.ENUM;
        }
    }

    /** See {@link Schema.Struct}. */
    record Struct(Schema.Form form, String type, List<Field> fields) implements Written {
        public Struct {
            fields = List.copyOf(fields);
        }

        @Override
        public Schema.Kind kind() {
            return Schema.Kind.STRUCT;
        }
    }

    /** A part of a struct or row. */
    record Field(String name, boolean nullable, Written written) {}

    /** See {@link Schema.Union}. */
    record Union(String type, List<Written> cases) implements Written {
        public Union {
            cases = List.copyOf(cases);
        }

        @Override
        public Schema.Kind kind() {
            return Schema.Kind.UNION;
        }
    }

    /** See {@link Schema.Sequence}. */
    record Sequence(Schema.SequenceForm form, Written element) implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.SEQUENCE;
        }
    }

    /** See {@link Schema.Mapping}. */
    record Mapping(Schema.MappingForm form, Written key, Written value) implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.MAPPING;
        }
    }

    /** See {@link Schema.ArrayOf}. */
    record ArrayOf(String elementType, Written element) implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.ARRAY;
        }
    }

    /** See {@link Schema.OptionalOf}. */
    record OptionalOf(Written value) implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.OPTIONAL;
        }
    }

    /** See {@link Schema.Open}. */
    record Open(String type, Written exact) implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.OPEN;
        }
    }

    /** See {@link Schema.Any}. */
    record Any() implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.ANY;
        }
    }

    /** See {@link Schema.Enclosing}. */
    record Enclosing(int levels) implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.ENCLOSING;
        }
    }

    /** See {@link Schema.RowOf}. */
    record RowOf(boolean known, List<Field> fields) implements Written {
        public RowOf {
            fields = List.copyOf(fields);
        }

        @Override
        public Schema.Kind kind() {
            return Schema.Kind.ROW;
        }
    }

    /**
     * See {@link Schema.Custom}.
     *
     * @param type class of the values
     * @param snapshot of the program's serializer, as bytes
     */
    record Custom(String type, Bytes snapshot) implements Written {
        @Override
        public Schema.Kind kind() {
            return Schema.Kind.CUSTOM;
        }
    }

    /** Bytes that are equal by content. */
    record Bytes(byte[] content) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && java.util.Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(content);
        }

        @Override
        public String toString() {
            return content.length + " bytes";
        }
    }

    /** What a serializer of the schema writes. */
    static Written of(Schema schema) {
        return switch (schema.kind()) {
            case SCALAR -> new ScalarOf(((Schema.ScalarOf) schema).type());
            case ENUM -> {
                Schema.EnumOf one = (Schema.EnumOf) schema;
                yield new EnumOf(one.type().getName(), one.constants());
            }
            case STRUCT -> {
                Schema.Struct struct = (Schema.Struct) schema;
                yield new Struct(struct.form(), struct.type().getName(), fieldsOf(struct.fields()));
            }
            case UNION -> {
                Schema.Union union = (Schema.Union) schema;
                yield new Union(
                        union.type().getName(), union.cases().stream().map(Written::of).toList());
            }
            case SEQUENCE -> {
                Schema.Sequence sequence = (Schema.Sequence) schema;
                yield new Sequence(sequence.form(), of(sequence.element()));
            }
            case MAPPING -> {
                Schema.Mapping mapping = (Schema.Mapping) schema;
                yield new Mapping(mapping.form(), of(mapping.key()), of(mapping.value()));
            }
            case ARRAY -> {
                Schema.ArrayOf array = (Schema.ArrayOf) schema;
                yield new ArrayOf(array.elementType().getName(), of(array.element()));
            }
            case OPTIONAL -> new OptionalOf(of(((Schema.OptionalOf) schema).value()));
            case OPEN -> {
                Schema.Open open = (Schema.Open) schema;
                yield new Open(open.type().getName(), of(open.exact()));
            }
            case ANY -> new Any();
            case ENCLOSING -> new Enclosing(((Schema.Enclosing) schema).levels());
            case ROW -> {
                Schema.RowOf row = (Schema.RowOf) schema;
                yield new RowOf(row.known(), fieldsOf(row.fields()));
            }
            case CUSTOM -> {
                Schema.Custom custom = (Schema.Custom) schema;
                yield new Custom(
                        custom.type().getTypeClass().getName(),
                        new Bytes(CustomSnapshots.write(custom)));
            }
        };
    }

    private static List<Field> fieldsOf(List<Schema.Field> fields) {
        return fields.stream()
                .map(field -> new Field(field.name(), field.nullable(), of(field.schema())))
                .toList();
    }
}
