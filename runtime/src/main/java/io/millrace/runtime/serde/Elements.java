package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.Comparator;

/**
 * The part of the wire form that lists, sets, maps and arrays share. Stateless.
 *
 * <pre>
 * elements := header, element...
 * header   := varint (size * 2 + 1 if there are nulls)
 * element  := value, after a byte 0 (null, no value) or 1 if there are nulls
 * </pre>
 */
public final class Elements {
    private static final int MAX_SIZE = Integer.MAX_VALUE >> 1;

    private Elements() {}

    static void write(Object[] elements, Serializer<Object> serializer, BinaryWriter out) {
        boolean nulls = false;
        for (Object one : elements) {
            nulls |= one == null;
        }
        writeHeader(elements.length, nulls, out);
        for (Object one : elements) {
            write(one, nulls, serializer, out);
        }
    }

    static void writeHeader(int size, boolean nulls, BinaryWriter out) {
        if (size > MAX_SIZE) {
            throw new IllegalStateException("a collection of " + size + " elements is too large");
        }
        out.writeVarInt(size << 1 | (nulls ? 1 : 0));
    }

    static void write(
            Object element, boolean nulls, Serializer<Object> serializer, BinaryWriter out) {
        if (nulls) {
            out.writeByte(element == null ? 0 : 1);
        }
        if (element != null) {
            serializer.write(element, out);
        }
    }

    static Object read(boolean nulls, Serializer<Object> serializer, BinaryReader in) {
        return nulls && in.readByte() == 0 ? null : serializer.read(in);
    }

    /** The size in a header; at least as many bytes are left. */
    public static int size(int header, BinaryReader in) {
        int size = header >>> 1;
        if (size > in.remaining()) {
            throw new CorruptDataException(
                    size + " elements with " + in.remaining() + " bytes left at " + in.position());
        }
        return size;
    }

    /** Whether a byte in front of each element says if it is there. */
    public static boolean nulls(int header) {
        return (header & 1) != 0;
    }

    /** A comparator is code, which does not travel with records. */
    static void refuse(Comparator<?> comparator, Object owner) {
        if (comparator != null) {
            throw new MillraceException(
                    ErrorCode.RECORD_TYPE_UNKNOWN,
                    "a "
                            + owner.getClass().getName()
                            + " in a record is sorted by a comparator of "
                            + comparator.getClass().getName()
                            + ", which cannot be sent with it. Use the natural order, or sort where"
                            + " the record is used.");
        }
    }
}
