package io.millrace.runtime.serde;

import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a written schema: they name everything, so that they can be read without the
 * classes. The forms of version 1 never change; golden files hold one of each kind.
 *
 * <pre>
 * schema    := byte version (1), node
 * node      := byte kind (ordinal of Schema.Kind), ...
 * SCALAR    := byte ordinal                       ANY := nothing      ENCLOSING := varint levels
 * ENUM      := string class, varint n, string constant...
 * STRUCT    := byte form, string class, fields    ROW := byte known, fields
 * fields    := varint n, (string name, byte nullable, node)...
 * UNION     := string class, varint n, node...
 * SEQUENCE  := byte form, node                    MAPPING := byte form, node key, node value
 * ARRAY     := string class of elements, node     OPTIONAL := node    OPEN := string class, node
 * CUSTOM    := string class of values, byte array with the serializer's versioned snapshot
 * </pre>
 *
 * Stateless.
 */
final class WrittenCodec {
    static final int VERSION = 1;
    private static final int MAX_DEPTH = 200;

    private WrittenCodec() {}

    static void write(Written root, BinaryWriter out) {
        out.writeByte(VERSION);
        node(root, out);
    }

    private static void node(Written node, BinaryWriter out) {
        out.writeByte(node.kind().ordinal());
        switch (node.kind()) {
            case SCALAR -> out.writeByte(((Written.ScalarOf) node).type().ordinal());
            case ENUM -> {
                Written.EnumOf one = (Written.EnumOf) node;
                out.writeString(one.type());
                out.writeVarInt(one.constants().size());
                one.constants().forEach(out::writeString);
            }
            case STRUCT -> {
                Written.Struct struct = (Written.Struct) node;
                out.writeByte(struct.form().ordinal());
                out.writeString(struct.type());
                fields(struct.fields(), out);
            }
            case UNION -> {
                Written.Union union = (Written.Union) node;
                out.writeString(union.type());
                out.writeVarInt(union.cases().size());
                union.cases().forEach(one -> node(one, out));
            }
            case SEQUENCE -> {
                Written.Sequence sequence = (Written.Sequence) node;
                out.writeByte(sequence.form().ordinal());
                node(sequence.element(), out);
            }
            case MAPPING -> {
                Written.Mapping mapping = (Written.Mapping) node;
                out.writeByte(mapping.form().ordinal());
                node(mapping.key(), out);
                node(mapping.value(), out);
            }
            case ARRAY -> {
                Written.ArrayOf array = (Written.ArrayOf) node;
                out.writeString(array.elementType());
                node(array.element(), out);
            }
            case OPTIONAL -> node(((Written.OptionalOf) node).value(), out);
            case OPEN -> {
                Written.Open open = (Written.Open) node;
                out.writeString(open.type());
                node(open.exact(), out);
            }
            case ANY -> {}
            case ENCLOSING -> out.writeVarInt(((Written.Enclosing) node).levels());
            case ROW -> {
                Written.RowOf row = (Written.RowOf) node;
                out.writeBoolean(row.known());
                fields(row.fields(), out);
            }
            case CUSTOM -> {
                Written.Custom custom = (Written.Custom) node;
                out.writeString(custom.type());
                out.writeByteArray(custom.snapshot().content());
            }
        }
    }

    private static void fields(List<Written.Field> fields, BinaryWriter out) {
        out.writeVarInt(fields.size());
        for (Written.Field field : fields) {
            out.writeString(field.name());
            out.writeBoolean(field.nullable());
            node(field.written(), out);
        }
    }

    /**
     * @throws CorruptDataException if the bytes are not of this form
     */
    static Written read(BinaryReader in) {
        int version = in.readByte();
        if (version != VERSION) {
            throw new CorruptDataException(
                    "a written schema of version "
                            + version
                            + "; this release knows version "
                            + VERSION);
        }
        return node(in, MAX_DEPTH, 0);
    }

    /**
     * @param enclosing how many structs and unions are around the node
     */
    private static Written node(BinaryReader in, int depth, int enclosing) {
        if (depth == 0) {
            throw new CorruptDataException("a written schema nests too deep at " + in.position());
        }
        return switch (one(Schema.Kind.values(), in)) {
            case SCALAR -> new Written.ScalarOf(one(Scalar.values(), in));
            case ENUM -> {
                String type = in.readString();
                List<String> constants = new ArrayList<>();
                for (int left = in.readLength(1); left > 0; left--) {
                    constants.add(in.readString());
                }
                yield new Written.EnumOf(type, constants);
            }
            case STRUCT ->
                    new Written.Struct(
                            one(Schema.Form.values(), in),
                            in.readString(),
                            fields(in, depth, enclosing + 1));
            case UNION -> {
                String type = in.readString();
                List<Written> cases = new ArrayList<>();
                for (int left = in.readLength(1); left > 0; left--) {
                    cases.add(node(in, depth - 1, enclosing + 1));
                }
                yield new Written.Union(type, cases);
            }
            case SEQUENCE ->
                    new Written.Sequence(
                            one(Schema.SequenceForm.values(), in), node(in, depth - 1, enclosing));
            case MAPPING ->
                    new Written.Mapping(
                            one(Schema.MappingForm.values(), in),
                            node(in, depth - 1, enclosing),
                            node(in, depth - 1, enclosing));
            case ARRAY -> new Written.ArrayOf(in.readString(), node(in, depth - 1, enclosing));
            case OPTIONAL -> new Written.OptionalOf(node(in, depth - 1, enclosing));
            case OPEN -> new Written.Open(in.readString(), node(in, depth - 1, enclosing));
            case ANY -> new Written.Any();
            case ENCLOSING -> {
                int levels = in.readVarInt();
                if (levels < 0 || levels >= enclosing) {
                    throw new CorruptDataException(
                            "a reference to level " + levels + " of " + enclosing);
                }
                yield new Written.Enclosing(levels);
            }
            case ROW -> new Written.RowOf(in.readBoolean(), fields(in, depth, enclosing));
            case CUSTOM ->
                    new Written.Custom(in.readString(), new Written.Bytes(in.readByteArray()));
        };
    }

    private static List<Written.Field> fields(BinaryReader in, int depth, int enclosing) {
        List<Written.Field> fields = new ArrayList<>();
        for (int left = in.readLength(3); left > 0; left--) {
            fields.add(
                    new Written.Field(
                            in.readString(), in.readBoolean(), node(in, depth - 1, enclosing)));
        }
        return fields;
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
