package io.millrace.runtime.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link BinaryWriter} wrote. Every read checks the end, so hostile lengths end in an error
 * and never in a huge allocation. Not thread-safe.
 */
public final class BinaryReader {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;

    public BinaryReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public BinaryReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.position = from;
        this.end = from + length;
    }

    public byte readByte() {
        need(1);
        return bytes[position++];
    }

    public boolean readBoolean() {
        return readByte() != 0;
    }

    public short readShort() {
        need(2);
        short value = (short) SHORT.get(bytes, position);
        position += 2;
        return value;
    }

    public int readInt() {
        need(4);
        int value = (int) INT.get(bytes, position);
        position += 4;
        return value;
    }

    public long readLong() {
        need(8);
        long value = (long) LONG.get(bytes, position);
        position += 8;
        return value;
    }

    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    public int readVarInt() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new CorruptDataException("a variable int is longer than 5 bytes at " + position);
    }

    /** A length of elements that need at least {@code minBytesEach}; checked against what is left. */
    public int readLength(int minBytesEach) {
        int length = readVarInt();
        if (length < 0 || (long) length * minBytesEach > remaining()) {
            throw new CorruptDataException(
                    "length " + length + " with " + remaining() + " bytes left at " + position);
        }
        return length;
    }

    public byte[] readByteArray() {
        int length = readLength(1);
        byte[] value = new byte[length];
        System.arraycopy(bytes, position, value, 0, length);
        position += length;
        return value;
    }

    public String readString() {
        int length = readLength(1);
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    public int remaining() {
        return end - position;
    }

    public int position() {
        return position;
    }

    private void need(int more) {
        if (end - position < more) {
            throw new CorruptDataException(
                    "needs " + more + " bytes at " + position + ", but only " + (end - position) + " are left");
        }
    }
}
