package io.millrace.batch.sort;

import io.millrace.api.tuple.Tuple;

/**
 * Keys that are only to be told apart: some order, in which equal keys have the same bytes. Values
 * of the common classes and tuples of them; all others are undecided. Pure.
 */
public final class GroupKeys {
    private static final int NULL = 0;
    private static final int TUPLE = 32;
    private static final int OTHER = 255;

    private GroupKeys() {}

    /** Appends a key of any class, or null. */
    public static void write(Object key, KeyWriter out) {
        if (key == null) {
            out.putByte(NULL);
        } else if (key instanceof String text) {
            out.putByte(1);
            out.putText(text);
        } else if (key instanceof Long number) {
            out.putByte(2);
            out.putLong(number);
        } else if (key instanceof Integer number) {
            out.putByte(3);
            out.putInt(number);
        } else if (key instanceof Short number) {
            out.putByte(4);
            out.putUnsigned(number, Short.BYTES);
        } else if (key instanceof Byte number) {
            out.putByte(5);
            out.putByte(number);
        } else if (key instanceof Character letter) {
            out.putByte(6);
            out.putUnsigned(letter, Character.BYTES);
        } else if (key instanceof Boolean flag) {
            out.putByte(flag ? 8 : 7);
        } else if (key instanceof Double number) {
            out.putByte(9);
            out.putLong(Double.doubleToLongBits(number));
        } else if (key instanceof Float number) {
            out.putByte(10);
            out.putInt(Float.floatToIntBits(number));
        } else if (key instanceof Enum<?> constant) {
            out.putByte(11);
            out.putUnsigned(constant.ordinal(), Short.BYTES);
            out.putText(constant.getDeclaringClass().getName());
        } else if (key instanceof Tuple tuple) {
            writeTuple(tuple, out);
        } else {
            out.putByte(OTHER);
            out.stop();
        }
    }

    private static void writeTuple(Tuple tuple, KeyWriter out) {
        int arity = tuple.getArity();
        out.putByte(TUPLE + arity);
        for (int i = 0; i < arity; i++) {
            write(tuple.getField(i), out);
        }
    }
}
