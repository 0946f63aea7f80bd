package io.millrace.runtime.serde;

import io.millrace.api.type.Row;

/**
 * The bytes that announce a structure found at run time. Both ends have the same jars, so a class
 * is named, and the hash of its schema shows whether it is the same class. Stateless.
 *
 * <pre>
 * structure := byte kind, ...
 * SCALAR    := byte ordinal            ANY      := nothing
 * STRUCT    := class name, int hash    (also unions, enums, rows and custom types)
 * SEQUENCE  := byte form               MAPPING  := byte form        (their parts are ANY)
 * ARRAY     := class name of the element
 * OPTIONAL  := nothing                 (its part is ANY)
 * TUPLE     := byte arity, structure of each field
 * WHOLE     := written schema           (where the reader's classes may have changed)
 * </pre>
 */
final class StructureCodec {
    private static final int MAX_DEPTH = 16;

    private enum Tag {
        SCALAR,
        ANY,
        STRUCT,
        SEQUENCE,
        MAPPING,
        ARRAY,
        OPTIONAL,
        TUPLE,
        WHOLE
    }

    private StructureCodec() {}

    /** Describes a structure to readers that may have other versions of its classes. */
    static void writeWhole(Schema schema, BinaryWriter out) {
        out.writeByte(Tag.WHOLE.ordinal());
        WrittenCodec.write(Written.of(schema), out);
    }

    /** The same of a form whose classes need not be there. */
    static void writeWhole(Written written, BinaryWriter out) {
        out.writeByte(Tag.WHOLE.ordinal());
        WrittenCodec.write(written, out);
    }

    /**
     * @throws CorruptDataException if the structure is described in another way
     */
    static Written readWhole(BinaryReader in) {
        Tag tag = one(Tag.values(), in);
        if (tag != Tag.WHOLE) {
            throw new CorruptDataException(
                    "a structure that only says " + tag + ", before byte " + in.position());
        }
        return WrittenCodec.read(in);
    }

    static void write(Schema schema, BinaryWriter out) {
        switch (schema.kind()) {
            case SCALAR -> {
                out.writeByte(Tag.SCALAR.ordinal());
                out.writeByte(((Schema.ScalarOf) schema).type().ordinal());
            }
            case ANY -> out.writeByte(Tag.ANY.ordinal());
            case ENUM -> writeClass(((Schema.EnumOf) schema).type(), schema, out);
            case UNION -> writeClass(((Schema.Union) schema).type(), schema, out);
            case STRUCT -> {
                Schema.Struct struct = (Schema.Struct) schema;
                if (struct.form() == Schema.Form.TUPLE) {
                    out.writeByte(Tag.TUPLE.ordinal());
                    out.writeByte(struct.fields().size());
                    struct.fields().forEach(field -> write(field.schema(), out));
                } else {
                    writeClass(struct.type(), schema, out);
                }
            }
            case SEQUENCE -> {
                out.writeByte(Tag.SEQUENCE.ordinal());
                out.writeByte(((Schema.Sequence) schema).form().ordinal());
            }
            case MAPPING -> {
                out.writeByte(Tag.MAPPING.ordinal());
                out.writeByte(((Schema.Mapping) schema).form().ordinal());
            }
            case ARRAY -> {
                out.writeByte(Tag.ARRAY.ordinal());
                out.writeString(((Schema.ArrayOf) schema).elementType().getName());
            }
            case OPTIONAL -> out.writeByte(Tag.OPTIONAL.ordinal());
            case ROW -> writeClass(Row.class, schema, out);
            case CUSTOM -> writeClass(((Schema.Custom) schema).type().getTypeClass(), schema, out);
            case OPEN, ENCLOSING ->
                    throw new IllegalArgumentException("not found in a value: " + schema);
        }
    }

    private static void writeClass(Class<?> type, Schema schema, BinaryWriter out) {
        out.writeByte(Tag.STRUCT.ordinal());
        out.writeString(type.getName());
        out.writeInt(SchemaText.hash(schema));
    }

    /** The serializer of a structure; it may be one that only reads. */
    static Serializer<Object> read(BinaryReader in, SerializerCompiler compiler) {
        Tag tag = one(Tag.values(), in);
        return tag == Tag.WHOLE
                ? Evolution.lenientReader(WrittenCodec.read(in), compiler)
                : compiler.compile(read(tag, in, compiler.userLoader(), MAX_DEPTH));
    }

    private static Schema read(Tag tag, BinaryReader in, ClassLoader userLoader, int depth) {
        if (depth == 0) {
            throw new CorruptDataException("a structure nests too deep at " + in.position());
        }
        return switch (tag) {
            case SCALAR -> new Schema.ScalarOf(one(Scalar.values(), in));
            case ANY -> new Schema.Any();
            case STRUCT -> readClass(in, userLoader);
            case SEQUENCE ->
                    new Schema.Sequence(one(Schema.SequenceForm.values(), in), new Schema.Any());
            case MAPPING ->
                    new Schema.Mapping(
                            one(Schema.MappingForm.values(), in),
                            new Schema.Any(),
                            new Schema.Any());
            case ARRAY -> ReflectedSchema.of(load(in.readString(), userLoader).arrayType());
            case OPTIONAL -> new Schema.OptionalOf(new Schema.Any());
            case TUPLE ->
                    FoundSchema.tuple(
                            in.readByte(),
                            i -> read(one(Tag.values(), in), in, userLoader, depth - 1));
            case WHOLE ->
                    throw new CorruptDataException(
                            "a written schema inside a structure at " + in.position());
        };
    }

    private static Schema readClass(BinaryReader in, ClassLoader userLoader) {
        Class<?> type = load(in.readString(), userLoader);
        int hash = in.readInt();
        Schema schema =
                type.isEnum() ? ReflectedSchema.enumOf(type) : ReflectedSchema.ofExactly(type);
        if (SchemaText.hash(schema) != hash) {
            throw new CorruptDataException(
                    "the sender has another version of "
                            + type.getName()
                            + "; here it is "
                            + SchemaText.of(schema));
        }
        return schema;
    }

    private static Class<?> load(String name, ClassLoader userLoader) {
        try {
            return Class.forName(name, false, userLoader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new CorruptDataException(
                    "class '" + name + "', which the sender names, is not there", e);
        }
    }

    private static <T> T one(T[] values, BinaryReader in) {
        int index = in.readByte();
        if (index < 0 || index >= values.length) {
            throw new CorruptDataException(
                    index + " is none of " + values.length + " at " + in.position());
        }
        return values[index];
    }
}
