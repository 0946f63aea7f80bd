package io.millrace.runtime.serde;

/**
 * Writes values whose type is known only when they come; also null. Immutable: what it has met is
 * kept in the writer and the reader.
 *
 * <pre>
 * value     := 0 (null) | scalar id, value | structure id, [structure if the id is new], value
 * scalar id := varint ordinal of the scalar + 1; structure ids begin at 64 in the order of first use
 * </pre>
 */
final class AnySerializer extends Serializer<Object> {
    static final int FIRST_STRUCTURE = 64;

    // The usual keys, without a search and with a call that the compiler knows.
    private static final int LONG_ID = Scalar.LONG.ordinal() + 1;
    private static final int STRING_ID = Scalar.STRING.ordinal() + 1;
    private static final Serializer<Object> LONG = scalar(Scalar.LONG);
    private static final Serializer<Object> STRING = scalar(Scalar.STRING);

    private final SerializerCompiler compiler;

    AnySerializer(SerializerCompiler compiler) {
        this.compiler = compiler;
    }

    @SuppressWarnings("unchecked") // it is given values of its class only
    private static Serializer<Object> scalar(Scalar scalar) {
        return (Serializer<Object>) ScalarSerializer.of(scalar);
    }

    @Override
    public void write(Object value, BinaryWriter out) {
        if (value == null) {
            out.writeByte(0);
            return;
        }
        if (value instanceof Long) {
            out.writeByte(LONG_ID);
            LONG.write(value, out);
            return;
        }
        if (value instanceof String) {
            out.writeByte(STRING_ID);
            STRING.write(value, out);
            return;
        }
        out.enter();
        WriterStructures structures = out.structures();
        WriterStructures.Structure structure = structures.find(value, compiler);
        out.writeVarInt(structure.id());
        if (structures.announce(structure)) {
            Schema schema = structure.serializer().schema();
            if (structures.areSelfDescribing()) {
                StructureCodec.writeWhole(schema, out);
            } else {
                StructureCodec.write(schema, out);
            }
        }
        structure.serializer().write(value, out);
        out.exit();
    }

    @Override
    public Object read(BinaryReader in) {
        int id = in.readVarInt();
        if (id == 0) {
            return null;
        }
        if (id == LONG_ID) {
            return LONG.read(in);
        }
        if (id == STRING_ID) {
            return STRING.read(in);
        }
        if (id > 0 && id <= Scalar.COUNT) {
            return ScalarSerializer.of(Scalar.at(id - 1)).read(in);
        }
        in.enter();
        Object value = in.structures().at(id, in, compiler).read(in);
        in.exit();
        return value;
    }

    /** Goes over a value; where it is described by itself, its class need not be there. */
    void skip(BinaryReader in) {
        int id = in.readVarInt();
        if (id == 0) {
            return;
        }
        if (id > 0 && id <= Scalar.COUNT) {
            ScalarSerializer.of(Scalar.at(id - 1)).read(in);
            return;
        }
        in.enter();
        Serializer<Object> structure = in.structures().at(id, in, compiler);
        if (structure instanceof EvolvedSerializer evolved) {
            evolved.skip(in);
        } else {
            structure.read(in);
        }
        in.exit();
    }

    @Override
    public Object copy(Object value) {
        if (value == null || value instanceof String || value instanceof Long) {
            return value;
        }
        // A bare object has nothing that can change, and its class says nothing to compile from.
        return value.getClass() == Object.class ? value : compiler.copierOf(value).copy(value);
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return new Schema.Any();
    }
}
