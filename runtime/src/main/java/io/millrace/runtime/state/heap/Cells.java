package io.millrace.runtime.state.heap;

import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Scalar;
import io.millrace.runtime.serde.Schema;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableSpec;

/**
 * Which numbers the keys and contents of a table are, if both are. Immutable.
 *
 * @param key {@code INT} or {@code LONG}
 */
record Cells(Kind key, Kind content) {
    /** A number as 64 bits. */
    enum Kind {
        BYTE,
        SHORT,
        INT,
        LONG,
        FLOAT,
        DOUBLE;

        Object box(long bits) {
            return switch (this) {
                case LONG -> bits;
                case INT -> (int) bits;
                case DOUBLE -> Double.longBitsToDouble(bits);
                case FLOAT -> Float.intBitsToFloat((int) bits);
                case SHORT -> (short) bits;
                case BYTE -> (byte) bits;
            };
        }

        /**
         * @throws ClassCastException if it is another type's
         */
        long bits(Object number) {
            return switch (this) {
                case LONG -> (Long) number;
                case INT -> (Integer) number;
                case DOUBLE -> Double.doubleToRawLongBits((Double) number);
                case FLOAT -> Float.floatToRawIntBits((Float) number);
                case SHORT -> (Short) number;
                case BYTE -> (Byte) number;
            };
        }
    }

    /** Null if any part of a row is no number. */
    static Cells of(Serializer<Object> keys, TableSpec spec) {
        Kind key = kindOf(keys);
        Kind content = kindOf(spec.values());
        boolean fits =
                spec.shape() == TableSpec.Shape.VALUE
                        && spec.namespaces() == null
                        && (key == Kind.INT || key == Kind.LONG)
                        && content != null;
        return fits ? new Cells(key, content) : null;
    }

    private static Kind kindOf(Serializer<Object> serializer) {
        if (!(serializer.schema() instanceof Schema.ScalarOf of)) {
            return null;
        }
        Scalar scalar = of.type();
        return switch (scalar) {
            case BYTE -> Kind.BYTE;
            case SHORT -> Kind.SHORT;
            case INT -> Kind.INT;
            case LONG -> Kind.LONG;
            case FLOAT -> Kind.FLOAT;
            case DOUBLE -> Kind.DOUBLE;
            default -> null;
        };
    }

    long keyBits(Object anyKey) {
        return key == Kind.LONG ? (Long) anyKey : (Integer) anyKey;
    }

    /** Of the key, as {@code KeyGroups} mixes that of its object. */
    int mixedHash(long bits) {
        return KeyGroups.murmur(key == Kind.LONG ? Long.hashCode(bits) : (int) bits);
    }
}
