package io.millrace.runtime.serde;

import java.util.List;

/**
 * Walks over the fields of a struct in the form that {@link StructMethods} owns, and writes them.
 * Immutable.
 */
public final class WrittenFields {
    /** So many fields share their presence bits, which stand in front of their values. */
    public static final int GROUP = StructGenerator.GROUP;

    private final boolean[] nullable;
    private final int[] nullables;

    public WrittenFields(List<Written.Field> fields) {
        nullable = new boolean[fields.size()];
        nullables = new int[(fields.size() + GROUP - 1) / GROUP];
        for (int i = 0; i < nullable.length; i++) {
            nullable[i] = fields.get(i).nullable();
            nullables[i / GROUP] += nullable[i] ? 1 : 0;
        }
    }

    /** Takes the fields one after the other. */
    interface Taker {
        /** The field's value is next if {@code present}; else it is null. */
        void take(int field, boolean present);
    }

    void walk(BinaryReader in, Taker taker) {
        if (nullable.length == 0) {
            in.readByte();
        }
        int bits = 0;
        for (int i = 0; i < nullable.length; i++) {
            if (i % GROUP == 0) {
                bits = bits(in, nullables[i / GROUP]);
            }
            taker.take(i, !nullable[i] || (bits & 1) != 0);
            bits = nullable[i] ? bits >>> 1 : bits;
        }
    }

    /** Writes the value of a field. */
    interface Writer {
        void write(int field);
    }

    /**
     * @param values null where a field is absent
     * @param writer asked for each field that is there, and for those that cannot be absent
     */
    void write(Object[] values, BinaryWriter out, Writer writer) {
        if (nullable.length == 0) {
            out.writeByte(0);
        }
        for (int from = 0; from < nullable.length; from += GROUP) {
            int to = Math.min(from + GROUP, nullable.length);
            int bits = 0;
            int bit = 0;
            for (int i = from; i < to; i++) {
                if (nullable[i]) {
                    bits |= values[i] == null ? 0 : 1 << bit;
                    bit++;
                }
            }
            writeBits(bits, nullables[from / GROUP], out);
            for (int i = from; i < to; i++) {
                if (!nullable[i] || values[i] != null) {
                    writer.write(i);
                }
            }
        }
    }

    /**
     * The bits that stand in front of a group: of its nullable fields, in order, from the lowest.
     */
    public int readPresence(BinaryReader in, int group) {
        return bits(in, nullables[group]);
    }

    /** Writes what {@link #readPresence} reads. */
    public void writePresence(int bits, int group, BinaryWriter out) {
        writeBits(bits, nullables[group], out);
    }

    private static void writeBits(int bits, int count, BinaryWriter out) {
        if (count > 16) {
            out.writeInt(bits);
        } else if (count > 8) {
            out.writeShort(bits);
        } else if (count > 0) {
            out.writeByte(bits);
        }
    }

    private static int bits(BinaryReader in, int count) {
        if (count == 0) {
            return 0;
        }
        return count <= 8 ? in.readByte() : count <= 16 ? in.readShort() : in.readInt();
    }
}
