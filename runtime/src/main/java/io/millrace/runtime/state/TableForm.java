package io.millrace.runtime.state;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.WrittenSchema;

/**
 * How a table lies in a checkpoint, in the form {@value #NAME}. One part for each table; its
 * description says what was written, its pieces are segments of units. They are applied in order: a
 * later one changes what earlier ones have left.
 *
 * <pre>
 * description := 1, shape, schema of keys, has namespaces, [schema], [schema of map keys], schema of values
 * segment     := unit*
 * unit        := key group (varint), removed rows (int), rows (int), bytes that follow (int), removed*, row*
 * removed     := [namespace] key
 * row         := [namespace] key content
 * content     := value                                        VALUE
 *              | count (int), element*                        LIST
 *              | 0, count (int), entry*                       MAP, whole
 *              | 1, removed (int), map key*, count (int), entry*    MAP, what has changed
 * entry       := map key, has a value, [value]
 * schema      := length (varint), {@link WrittenSchema}
 * </pre>
 *
 * The units of a segment have ascending key groups. What is found at run time is described anew in
 * each unit, so that units can be skipped. Immutable.
 *
 * @param namespaces null if there are none
 * @param mapKeys null if the shape is none of maps
 */
public record TableForm(
        TableSpec.Shape shape,
        WrittenSchema keys,
        WrittenSchema namespaces,
        WrittenSchema mapKeys,
        WrittenSchema values) {
    public static final String NAME = "tables/1";

    /** Of forms that differ in their version only. */
    static final String FAMILY = "tables/";

    private static final int VERSION = 1;
    private static final int FIRST_BYTES = 512;

    public static TableForm of(TableSpec spec, Serializer<Object> keys) {
        return new TableForm(
                spec.shape(),
                WrittenSchema.of(keys),
                spec.namespaces() == null ? null : WrittenSchema.of(spec.namespaces()),
                spec.mapKeys() == null ? null : WrittenSchema.of(spec.mapKeys()),
                WrittenSchema.of(spec.values()));
    }

    public byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        out.writeByte(VERSION);
        out.writeByte(shape.ordinal());
        out.writeByteArray(keys.toBytes());
        out.writeBoolean(namespaces != null);
        if (namespaces != null) {
            out.writeByteArray(namespaces.toBytes());
        }
        if (mapKeys != null) {
            out.writeByteArray(mapKeys.toBytes());
        }
        out.writeByteArray(values.toBytes());
        return out.toByteArray();
    }

    /**
     * @throws CorruptDataException if the bytes are not of that form, or of a newer version
     */
    public static TableForm parse(byte[] description) {
        BinaryReader in = new BinaryReader(description);
        int version = in.readByte();
        if (version != VERSION) {
            throw new CorruptDataException(
                    "a table described in version " + version + ", known is " + VERSION);
        }
        int shape = in.readByte();
        if (shape < 0 || shape >= TableSpec.Shape.values().length) {
            throw new CorruptDataException("shape " + shape + " of a table");
        }
        TableSpec.Shape known = TableSpec.Shape.values()[shape];
        WrittenSchema keys = schema(in);
        WrittenSchema namespaces = in.readBoolean() ? schema(in) : null;
        WrittenSchema mapKeys = known == TableSpec.Shape.MAP ? schema(in) : null;
        WrittenSchema values = schema(in);
        if (in.remaining() != 0) {
            throw new CorruptDataException(in.remaining() + " bytes too many after a table");
        }
        return new TableForm(known, keys, namespaces, mapKeys, values);
    }

    private static WrittenSchema schema(BinaryReader in) {
        return WrittenSchema.parse(in.readByteArray());
    }
}
