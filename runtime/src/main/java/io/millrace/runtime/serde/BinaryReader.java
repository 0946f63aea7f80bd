package io.millrace.runtime.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link BinaryWriter} wrote. Every read checks the end, so hostile lengths end in an
 * error and never in a huge allocation. Not thread-safe.
 */
public final class BinaryReader {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int end;
    private int position;
    private int depth;
    private ReaderStructures structures;
    private ReaderView view;

    public BinaryReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public BinaryReader(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.position = from;
        this.end = from + length;
    }

    /** Goes on with other bytes, as if it were new. */
    public void reset(byte[] otherBytes, int from, int length) {
        bytes = otherBytes;
        position = from;
        end = from + length;
        depth = 0;
        structures = null;
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

    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new CorruptDataException("a variable long is longer than 10 bytes at " + position);
    }

    /**
     * A length of elements that need at least {@code minBytesEach}; checked against what is left.
     */
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
        int length = readTextLength();
        if (length < 0) {
            return readChars();
        }
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /**
     * The number of bytes of UTF-8 that a text has, which come next; negative where {@link
     * #readChars} reads it, as it has no UTF-8.
     */
    public int readTextLength() {
        int length = readVarInt();
        if (length < -1 || length > remaining()) {
            throw new CorruptDataException(
                    "length " + length + " with " + remaining() + " bytes left at " + position);
        }
        return length;
    }

    /**
     * A value that takes all that is left.
     *
     * @throws CorruptDataException for anything else, also if a constructor refuses what was read
     */
    public <T> T readWhole(Serializer<T> serializer) {
        T value;
        try {
            value = serializer.read(this);
        } catch (CorruptDataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CorruptDataException("before byte " + position + ": " + e, e);
        }
        if (remaining() != 0) {
            throw new CorruptDataException(
                    remaining() + " bytes too many after the value that ends at " + position);
        }
        return value;
    }

    /** What follows a negative {@link #readTextLength}. */
    public String readChars() {
        char[] chars = new char[readLength(2)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) readShort();
        }
        return new String(chars);
    }

    /** Makes structures in these bytes refer to {@code known}, those of the bytes before. */
    public void attach(ReaderStructures known) {
        structures = known;
        depth = 0;
    }

    /** The bytes as programs' own serializers read them. */
    ReaderView view() {
        if (view == null) {
            view = new ReaderView(this);
        }
        return view;
    }

    /**
     * Ends the bytes earlier, or again where they ended before.
     *
     * @return where they ended until now
     */
    int limit(int newEnd) {
        int before = end;
        end = newEnd;
        return before;
    }

    /** What is read, for who takes bytes at {@link #position} as they are; not to be changed. */
    public byte[] array() {
        return bytes;
    }

    /** Goes forward. */
    public void skip(int count) {
        need(count);
        position += count;
    }

    void readBytes(byte[] target, int from, int length) {
        need(length);
        System.arraycopy(bytes, position, target, from, length);
        position += length;
    }

    ReaderStructures structures() {
        if (structures == null) {
            structures = new ReaderStructures();
        }
        return structures;
    }

    /** Goes into a value whose nesting the schema does not limit. */
    void enter() {
        if (++depth > Serializer.MAX_DEPTH) {
            throw new CorruptDataException(
                    "nested deeper than " + Serializer.MAX_DEPTH + " levels at " + position);
        }
    }

    void exit() {
        depth--;
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
                    "needs "
                            + more
                            + " bytes at "
                            + position
                            + ", but only "
                            + (end - position)
                            + " are left");
        }
    }
}
