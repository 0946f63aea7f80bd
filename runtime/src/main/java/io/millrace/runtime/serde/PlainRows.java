package io.millrace.runtime.serde;

import java.util.ArrayList;
import java.util.List;

/** {@link PlainValues} of rows. */
final class PlainRows {
    private static final int BY_NAME = 4;

    private PlainRows() {}

    /** A row whose fields the form knows. */
    static final class OfKnown extends PlainValues {
        private final PlainValues[] parts;

        OfKnown(PlainValues[] parts) {
            this.parts = parts;
        }

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            int kind = RowSerializer.kind(in.readByte(), in).toByteValue();
            byte[] bits = new byte[(parts.length + 7) / 8];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = in.readByte();
            }
            Object[] values = new Object[parts.length];
            for (int i = 0; i < values.length; i++) {
                if ((bits[i >> 3] & 1 << (i & 7)) != 0) {
                    values[i] = parts[i].read(in, structures);
                }
            }
            return new PlainRow(kind, null, values);
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            PlainRow row = as(PlainRow.class, value, "a row");
            Object[] values = row.fields();
            if (values.length != parts.length) {
                throw new CorruptDataException(
                        values.length + " fields of a row with " + parts.length);
            }
            out.writeByte(row.kind());
            for (int from = 0; from < parts.length; from += 8) {
                int bits = 0;
                for (int i = from; i < Math.min(from + 8, parts.length); i++) {
                    bits |= values[i] == null ? 0 : 1 << i - from;
                }
                out.writeByte(bits);
            }
            for (int i = 0; i < parts.length; i++) {
                if (values[i] != null) {
                    parts[i].write(values[i], out, structures);
                }
            }
        }
    }

    /** A row that has its fields' names and forms itself. */
    static final class OfUnknown extends PlainValues {
        private final PlainValues any = new PlainForms.OfAny();

        @Override
        public Object read(BinaryReader in, PlainStructures structures) {
            int head = in.readByte();
            int kind = RowSerializer.kind(head & ~BY_NAME, in).toByteValue();
            int arity = in.readLength(1);
            List<String> names = (head & BY_NAME) == 0 ? null : new ArrayList<>();
            Object[] values = new Object[arity];
            for (int i = 0; i < arity; i++) {
                if (names != null) {
                    names.add(in.readString());
                }
                values[i] = any.read(in, structures);
            }
            return new PlainRow(kind, names, values);
        }

        @Override
        public void write(Object value, BinaryWriter out, PlainStructures structures) {
            PlainRow row = as(PlainRow.class, value, "a row");
            out.writeByte(row.names() == null ? row.kind() : row.kind() | BY_NAME);
            out.writeVarInt(row.fields().length);
            for (int i = 0; i < row.fields().length; i++) {
                if (row.names() != null) {
                    out.writeString(row.names().get(i));
                }
                any.write(row.fields()[i], out, structures);
            }
        }
    }
}
