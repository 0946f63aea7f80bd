package io.millrace.runtime.serde;

import java.util.List;

/** Walks over the fields of a struct in the form that {@link StructMethods} owns. Immutable. */
final class WrittenFields {
    private static final int GROUP = StructGenerator.GROUP;

    private final boolean[] nullable;
    private final int[] nullables;

    WrittenFields(List<Written.Field> fields) {
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

    private static int bits(BinaryReader in, int count) {
        if (count == 0) {
            return 0;
        }
        return count <= 8 ? in.readByte() : count <= 16 ? in.readShort() : in.readInt();
    }
}
