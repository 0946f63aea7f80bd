package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.type.Row;
import io.millrace.api.type.RowKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes rows. Immutable.
 *
 * <pre>
 * known fields := byte kind, presence bits (a byte for each 8 fields), value of each present field
 * others       := byte kind | 4 if by name, varint arity, (string name if by name, value as ANY)...
 * </pre>
 */
final class RowSerializer extends Serializer<Row> {
    private static final int BY_NAME = 4;
    private static final int KIND = 3;

    private final Schema.RowOf schema;
    private final Serializer<Object>[] parts;
    private final Map<String, Integer> positions;
    private final AnySerializer any;

    @SuppressWarnings("unchecked")
    RowSerializer(Schema.RowOf schema, List<Serializer<Object>> parts, AnySerializer any) {
        this.schema = schema;
        this.parts = parts.toArray(new Serializer[0]);
        this.any = any;
        this.positions = positions(schema.fields());
    }

    /** In order, and shared by all rows that are read. */
    static Map<String, Integer> positions(List<Schema.Field> fields) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (Schema.Field field : fields) {
            positions.put(field.name(), positions.size());
        }
        return java.util.Collections.unmodifiableMap(positions);
    }

    @Override
    public void write(Row row, BinaryWriter out) {
        if (!schema.known()) {
            writeOpen(row, out);
            return;
        }
        out.writeByte(row.getKind().toByteValue());
        boolean byName = isByName(row);
        check(row, byName);
        for (int from = 0; from < parts.length; from += 8) {
            int bits = 0;
            for (int i = from; i < Math.min(from + 8, parts.length); i++) {
                bits |= field(row, i, byName) == null ? 0 : 1 << i - from;
            }
            out.writeByte(bits);
        }
        for (int i = 0; i < parts.length; i++) {
            Object value = field(row, i, byName);
            if (value != null) {
                parts[i].write(value, out);
            }
        }
    }

    private static boolean isByName(Row row) {
        return row.getFieldNames(false) != null;
    }

    private Object field(Row row, int index, boolean byName) {
        return byName ? row.getField(schema.fields().get(index).name()) : row.getField(index);
    }

    /** A row by name may leave fields out, but has no others. */
    private void check(Row row, boolean byName) {
        if (byName) {
            for (String name : row.getFieldNames(false)) {
                if (!positions.containsKey(name)) {
                    throw mismatch(
                            "has a field '"
                                    + name
                                    + "', but the stream's type has the fields "
                                    + positions.keySet());
                }
            }
        } else if (row.getArity() != parts.length) {
            throw mismatch(
                    "has " + row.getArity() + " fields, but the stream's type has " + parts.length);
        }
    }

    private static MillraceException mismatch(String what) {
        return new MillraceException(
                ErrorCode.RECORD_TYPE_UNKNOWN,
                "a row " + what + ". Correct the row, or the type given with returns(...).");
    }

    private void writeOpen(Row row, BinaryWriter out) {
        Set<String> names = row.getFieldNames(true);
        int kind = row.getKind().toByteValue();
        out.writeByte(names == null ? kind : kind | BY_NAME);
        out.writeVarInt(row.getArity());
        if (names == null) {
            for (int i = 0; i < row.getArity(); i++) {
                any.write(row.getField(i), out);
            }
        } else {
            for (String name : names) {
                out.writeString(name);
                any.write(row.getField(name), out);
            }
        }
    }

    @Override
    public Row read(BinaryReader in) {
        return schema.known() ? readKnown(in) : readOpen(in);
    }

    private Row readKnown(BinaryReader in) {
        RowKind kind = kind(in.readByte(), in);
        byte[] bits = new byte[(parts.length + 7) / 8];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = in.readByte();
        }
        Object[] values = new Object[parts.length];
        for (int i = 0; i < values.length; i++) {
            if ((bits[i >> 3] & 1 << (i & 7)) != 0) {
                values[i] = parts[i].read(in);
            }
        }
        return Row.withNamesAndPositions(kind, values, positions);
    }

    static RowKind kind(int value, BinaryReader in) {
        if (value < 0 || value > KIND) {
            throw new CorruptDataException("row kind " + value + " at " + in.position());
        }
        return RowKind.fromByteValue((byte) value);
    }

    private Row readOpen(BinaryReader in) {
        int head = in.readByte();
        RowKind kind = kind(head & ~BY_NAME, in);
        int arity = in.readLength(1);
        if ((head & BY_NAME) == 0) {
            Row row = Row.withPositions(kind, arity);
            for (int i = 0; i < arity; i++) {
                row.setField(i, any.read(in));
            }
            return row;
        }
        Row row = Row.withNames(kind);
        for (int i = 0; i < arity; i++) {
            String name = in.readString();
            row.setField(name, any.read(in));
        }
        return row;
    }

    @Override
    public Row copy(Row row) {
        Row copy = Row.copy(row);
        Set<String> names = row.getFieldNames(false);
        if (names != null) {
            for (String name : names) {
                copy.setField(name, copyOf(row.getField(name), positions.get(name)));
            }
        } else {
            for (int i = 0; i < row.getArity(); i++) {
                copy.setField(i, copyOf(row.getField(i), i));
            }
        }
        return copy;
    }

    private Object copyOf(Object value, Integer index) {
        if (value == null) {
            return null;
        }
        boolean known = index != null && index < parts.length;
        return known ? parts[index].copy(value) : any.copy(value);
    }

    @Override
    public boolean immutable() {
        return false;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    boolean fits(Object value) {
        return value instanceof Row;
    }
}
