package io.millrace.connector.parquet.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes, numbers in Parquet's order. Confined to its user. */
final class PageBytes {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The longest array that a JVM makes for sure. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    byte[] bytes;
    int length;

    PageBytes(int capacity) {
        this.bytes = new byte[capacity];
    }

    static int intAt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void setInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void setLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** Room for so many more. */
    void reserve(long more) {
        long needed = length + more;
        if (needed > bytes.length) {
            grow(needed);
        }
    }

    private void grow(long needed) {
        if (needed > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "one page of a column would have "
                            + needed
                            + " bytes, more than the "
                            + MAX_BYTES
                            + " that a page can have: a row must not hold more");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * length)));
    }

    void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        setInt(bytes, length, value);
        length += Integer.BYTES;
    }

    void putBytes(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** Seven bits a byte, the lowest first. */
    void putVarint(int value) {
        int left = value;
        while ((left & ~0x7F) != 0) {
            putByte(left & 0x7F | 0x80);
            left >>>= 7;
        }
        putByte(left);
    }

    void putInts(int[] values, int count) {
        reserve((long) count * Integer.BYTES);
        byte[] target = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            setInt(target, at + i * Integer.BYTES, values[i]);
        }
        length = at + count * Integer.BYTES;
    }

    void putLongs(long[] values, int count) {
        reserve((long) count * Long.BYTES);
        byte[] target = bytes;
        int at = length;
        for (int i = 0; i < count; i++) {
            setLong(target, at + i * Long.BYTES, values[i]);
        }
        length = at + count * Long.BYTES;
    }

    /** A bit each, the lowest first. */
    void putBits(byte[] truths, int count) {
        reserve((count + 7) / 8);
        for (int from = 0; from < count; from += 8) {
            int bits = 0;
            int n = Math.min(8, count - from);
            for (int i = 0; i < n; i++) {
                bits |= truths[from + i] << i;
            }
            bytes[length++] = (byte) bits;
        }
    }

    /** Gives the array back if it is longer; nothing is in it. */
    void trim(long kept) {
        if (bytes.length > kept) {
            bytes = new byte[0];
            length = 0;
        }
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }
}
