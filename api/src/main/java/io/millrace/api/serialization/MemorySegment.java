package io.millrace.api.serialization;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A piece of memory into which comparators put normalised keys. Bytes are big endian, so that
 * unsigned bytes in order are numbers in order. Confined to its owner.
 */
public final class MemorySegment {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;

    private MemorySegment(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A segment over an array, which is not copied. */
    public static MemorySegment wrap(byte[] bytes) {
        return new MemorySegment(bytes);
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    public byte get(int index) {
        return bytes[index];
    }

    public void put(int index, byte value) {
        bytes[index] = value;
    }

    public void get(int index, byte[] target, int offset, int length) {
        System.arraycopy(bytes, index, target, offset, length);
    }

    public void put(int index, byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, index, length);
    }

    public short getShortBigEndian(int index) {
        return (short) SHORT.get(bytes, index);
    }

    public void putShortBigEndian(int index, short value) {
        SHORT.set(bytes, index, value);
    }

    public int getIntBigEndian(int index) {
        return (int) INT.get(bytes, index);
    }

    public void putIntBigEndian(int index, int value) {
        INT.set(bytes, index, value);
    }

    public long getLongBigEndian(int index) {
        return (long) LONG.get(bytes, index);
    }

    public void putLongBigEndian(int index, long value) {
        LONG.set(bytes, index, value);
    }

    /** Orders two ranges by their unsigned bytes. */
    public int compare(MemorySegment other, int index, int otherIndex, int length) {
        return java.util.Arrays.compareUnsigned(
                bytes, index, index + length, other.bytes, otherIndex, otherIndex + length);
    }
}
