package io.millrace.batch.sort;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The beginning of a key as bytes, whose unsigned order is the order of the keys; big endian.
 * Confined to its sorter.
 */
/* The first eight bytes stand beside the record's place and decide most comparisons; the rest stands
 * with the record. What is longer than MAX_BYTES is cut off and the key marked as undecided: keys of
 * the same bytes are then compared themselves. A key is never the beginning of another one, so zeros
 * may fill a short one up to eight bytes.
 */
public final class KeyWriter {
    /** Bytes that are kept of a key. */
    public static final int MAX_BYTES = 64;

    static final int PREFIX_BYTES = 8;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    // Numbers are written whole; what goes beyond the limit is not looked at.
    private final byte[] bytes = new byte[MAX_BYTES + Long.BYTES];
    private int size;
    private int limit = MAX_BYTES;
    private boolean undecided;

    void clear() {
        size = 0;
        limit = MAX_BYTES;
        undecided = false;
        LONG.set(bytes, 0, 0L);
    }

    /** The lowest byte. */
    public void putByte(int value) {
        if (size < limit) {
            bytes[size++] = (byte) value;
        } else {
            undecided = true;
        }
    }

    /** In unsigned order. */
    public void putInt(int value) {
        if (size < limit) {
            INT.set(bytes, size, value);
            size += Integer.BYTES;
        } else {
            undecided = true;
        }
    }

    /** In unsigned order. */
    public void putLong(long value) {
        if (size < limit) {
            LONG.set(bytes, size, value);
            size += Long.BYTES;
        } else {
            undecided = true;
        }
    }

    /**
     * The lowest bytes of a number, in unsigned order.
     *
     * @param count 1 to 8
     */
    public void putUnsigned(long value, int count) {
        if (size < limit) {
            LONG.set(bytes, size, value << Long.SIZE - Byte.SIZE * count);
            size += count;
        } else {
            undecided = true;
        }
    }

    /** Any bytes: a zero is followed by 255, and two zeros are the end. */
    public void putBytes(byte[] value, int from, int length) {
        for (int i = from; i < from + length && size < limit; i++) {
            byte one = value[i];
            bytes[size++] = one;
            if (one == 0) {
                bytes[size++] = -1;
            }
        }
        putByte(0);
        putByte(0);
    }

    /**
     * A text in the order of its UTF-16 units. Each unit is written as UTF-8 would write the number
     * after the next one, so that 0 and 1 are left: 1 is the end, and 0 for whoever writes null.
     */
    public void putText(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length && size < limit; i++) {
            int unit = text.charAt(i) + 2;
            if (unit < 0x80) {
                bytes[size++] = (byte) unit;
            } else if (unit < 0x800) {
                bytes[size++] = (byte) (0xC0 | unit >>> 6);
                bytes[size++] = (byte) (0x80 | unit & 0x3F);
            } else {
                bytes[size++] = (byte) (0xE0 | unit >>> 12);
                bytes[size++] = (byte) (0x80 | unit >>> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | unit & 0x3F);
            }
        }
        putByte(1);
    }

    /** Nothing that follows is looked at: keys of the bytes so far are compared themselves. */
    public void stop() {
        undecided = true;
        limit = Math.min(limit, size);
    }

    /** Bytes so far. */
    int mark() {
        return size;
    }

    /** Turns the order of what was written since a mark over. */
    void invert(int mark) {
        for (int i = mark; i < size; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
    }

    /** The first eight bytes; unsigned. */
    long prefix() {
        return (long) LONG.get(bytes, 0);
    }

    /** Bytes behind the prefix, in {@link #array} from {@link #PREFIX_BYTES}. */
    int restLength() {
        return Math.max(0, Math.min(size, MAX_BYTES) - PREFIX_BYTES);
    }

    /** Whether keys of the same bytes may differ. */
    boolean undecided() {
        return undecided || size > MAX_BYTES;
    }

    byte[] array() {
        return bytes;
    }
}
