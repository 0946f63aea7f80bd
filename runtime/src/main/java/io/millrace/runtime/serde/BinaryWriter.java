package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Growing bytes that serializers write to; little endian. Final, so that call sites stay
 * monomorphic. Not thread-safe; confined to whoever encodes.
 */
public final class BinaryWriter {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;
    private int depth;
    private WriterStructures structures;
    private WriterView view;

    public BinaryWriter(int initialCapacity) {
        this.bytes = new byte[Math.max(16, initialCapacity)];
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeShort(int value) {
        ensure(2);
        SHORT.set(bytes, size, (short) value);
        size += 2;
    }

    public void writeInt(int value) {
        ensure(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    public void writeLong(long value) {
        ensure(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    public void writeFloat(float value) {
        writeInt(Float.floatToRawIntBits(value));
    }

    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** 1 to 5 bytes, seven bits each, lowest first; small non-negative values are short. */
    public void writeVarInt(int value) {
        ensure(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Like {@link #writeVarInt}, 1 to 10 bytes. */
    public void writeVarLong(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void writeBytes(byte[] source, int from, int length) {
        ensure(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** A length as variable int, then the bytes. */
    public void writeByteArray(byte[] value) {
        writeVarInt(value.length);
        writeBytes(value, 0, value.length);
    }

    /**
     * A byte length as variable int, then UTF-8. A string that UTF-8 cannot hold, because half of a
     * surrogate pair is missing, has the length -1, then a count and its chars.
     */
    public void writeString(String value) {
        int length = value.length();
        ensure(5L + length);
        // Most strings are short and ASCII: guess a one-byte length and move only if it was wrong.
        int start = size;
        int lengthBytes = varIntLength(length);
        int at = start + lengthBytes;
        int i = 0;
        byte[] target = bytes;
        while (i < length) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                break;
            }
            target[at++] = (byte) c;
            i++;
        }
        if (i < length) {
            writeWideString(value, i);
            return;
        }
        size = start;
        writeVarInt(length);
        size = at;
    }

    private void writeWideString(String value, int asciiPrefix) {
        int length = value.length();
        for (int i = asciiPrefix; i < length; i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                boolean pair =
                        i + 1 < length
                                && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
                if (!pair) {
                    writeVarInt(-1);
                    writeVarInt(length);
                    for (int j = 0; j < length; j++) {
                        writeShort(value.charAt(j));
                    }
                    return;
                }
                i++;
            }
        }
        writeByteArray(value.getBytes(StandardCharsets.UTF_8));
    }

    private static int varIntLength(int value) {
        return value < 1 << 7
                ? 1
                : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
    }

    /** Overwrites four bytes that were written before. */
    public void putInt(int position, int value) {
        assert position >= 0 && position + 4 <= size : position + " of " + size;
        INT.set(bytes, position, value);
    }

    public int size() {
        return size;
    }

    /** The backing array, valid up to {@link #size} until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Empties the writer and forgets the structures that were found at run time. */
    public void clear() {
        size = 0;
        depth = 0;
        structures = null;
    }

    /**
     * Makes values whose type is found at run time refer to {@code known}, which the reader of
     * these bytes has in the same state. Without this, the writer begins with none.
     */
    public void attach(WriterStructures known) {
        structures = known;
        depth = 0;
    }

    /** The bytes as programs' own serializers write them. */
    WriterView view() {
        if (view == null) {
            view = new WriterView(this);
        }
        return view;
    }

    WriterStructures structures() {
        if (structures == null) {
            structures = new WriterStructures();
        }
        return structures;
    }

    /** Goes into a value whose nesting the schema does not limit. */
    void enter() {
        if (++depth > Serializer.MAX_DEPTH) {
            throw new MillraceException(
                    ErrorCode.RECORD_TYPE_UNKNOWN,
                    "a record nests deeper than "
                            + Serializer.MAX_DEPTH
                            + " levels, or contains itself. Send linked structures as lists.");
        }
    }

    void exit() {
        depth--;
    }

    private void ensure(long more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(long more) {
        long wanted = Math.max(2L * bytes.length, size + more);
        if (size + more > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    "one record or chunk needs more than 2 GiB: " + (size + more));
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
}
