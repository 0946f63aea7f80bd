package io.millrace.connector.parquet.write;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The present values of a page, in the one array that the column's type has: floating-point numbers
 * by their bits, bytes as the plain encoding has them. Confined to its column.
 */
final class PageValues {
    private static final int FIRST_VALUES = 64;

    /** How values are kept. */
    enum Kind {
        INTS,
        LONGS,
        BOOLEANS,
        BYTES
    }

    final PrimitiveType type;
    final Kind kind;

    /** Of each value, or 0 if each has a length in front. */
    final int fixedBytes;

    int count;
    int[] ints = {};
    long[] longs = {};

    /** Of truth values, 0 or 1 each. */
    byte[] truths = {};

    final PageBytes bytes = new PageBytes(0);

    PageValues(PrimitiveType type) {
        this.type = type;
        this.kind =
                switch (type.getPrimitiveTypeName()) {
                    case INT32, FLOAT -> Kind.INTS;
                    case INT64, DOUBLE -> Kind.LONGS;
                    case BOOLEAN -> Kind.BOOLEANS;
                    case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> Kind.BYTES;
                };
        this.fixedBytes =
                switch (type.getPrimitiveTypeName()) {
                    case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
                    case INT96 -> 12;
                    default -> 0;
                };
    }

    void addInt(int value) {
        if (count >= ints.length) {
            require(Kind.INTS);
            ints = Arrays.copyOf(ints, larger());
        }
        ints[count++] = value;
    }

    void addLong(long value) {
        if (count >= longs.length) {
            require(Kind.LONGS);
            longs = Arrays.copyOf(longs, larger());
        }
        longs[count++] = value;
    }

    void addBoolean(boolean value) {
        if (count >= truths.length) {
            require(Kind.BOOLEANS);
            truths = Arrays.copyOf(truths, larger());
        }
        truths[count++] = (byte) (value ? 1 : 0);
    }

    void addBytes(byte[] from, int offset, int length) {
        require(Kind.BYTES);
        if (fixedBytes == 0) {
            bytes.putInt(length);
        } else if (length != fixedBytes) {
            throw new IllegalArgumentException(
                    "a value of "
                            + length
                            + " bytes was given to column '"
                            + type.getName()
                            + "', which has "
                            + fixedBytes
                            + " each");
        }
        bytes.putBytes(from, offset, length);
        count++;
    }

    /**
     * Numbers of 32 bits, or of fewer that are signed, in little-endian order.
     *
     * @param places where each is, less the shift; negative where none is
     * @param width of each in bytes: 1, 2 or 4
     */
    void addInts(byte[] from, int[] places, int shift, int width, int begin, int end) {
        require(Kind.INTS);
        if (count + (end - begin) > ints.length) {
            ints = Arrays.copyOf(ints, Math.max(larger(), count + (end - begin)));
        }
        int[] target = ints;
        int to = count;
        for (int i = begin; i < end; i++) {
            int place = places[i];
            if (place >= 0) {
                int at = place + shift;
                target[to++] =
                        switch (width) {
                            case 1 -> from[at];
                            case 2 -> (short) (from[at] & 0xFF | from[at + 1] << 8);
                            default -> PageBytes.intAt(from, at);
                        };
            }
        }
        count = to;
    }

    /** Numbers of 64 bits, likewise. */
    void addLongs(byte[] from, int[] places, int shift, int begin, int end) {
        require(Kind.LONGS);
        if (count + (end - begin) > longs.length) {
            longs = Arrays.copyOf(longs, Math.max(larger(), count + (end - begin)));
        }
        long[] target = longs;
        int to = count;
        for (int i = begin; i < end; i++) {
            int place = places[i];
            if (place >= 0) {
                target[to++] = PageBytes.longAt(from, place + shift);
            }
        }
        count = to;
    }

    /** Bytes that are truth values, likewise: true unless 0. */
    void addBooleans(byte[] from, int[] places, int shift, int begin, int end) {
        require(Kind.BOOLEANS);
        if (count + (end - begin) > truths.length) {
            truths = Arrays.copyOf(truths, Math.max(larger(), count + (end - begin)));
        }
        byte[] target = truths;
        int to = count;
        for (int i = begin; i < end; i++) {
            int place = places[i];
            if (place >= 0) {
                target[to++] = (byte) (from[place + shift] == 0 ? 0 : 1);
            }
        }
        count = to;
    }

    void addSameInt(int value, int times) {
        require(Kind.INTS);
        if (count + times > ints.length) {
            ints = Arrays.copyOf(ints, Math.max(larger(), count + times));
        }
        Arrays.fill(ints, count, count + times, value);
        count += times;
    }

    /** As UTF-8. */
    void addText(String text) {
        int length = text.length();
        if (kind != Kind.BYTES || fixedBytes != 0) {
            requireText();
        }
        bytes.reserve(Integer.BYTES + (long) length);
        byte[] target = bytes.bytes;
        int from = bytes.length + Integer.BYTES;
        int all = 0;
        for (int i = 0; i < length; i++) { // without a way out, so that it is unrolled
            char c = text.charAt(i);
            all |= c;
            target[from + i] = (byte) c;
        }
        if (all >= 0x80) {
            addOtherText(text);
            return;
        }
        PageBytes.setInt(target, bytes.length, length);
        bytes.length = from + length;
        count++;
    }

    private void addOtherText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        addBytes(encoded, 0, encoded.length);
    }

    /** Bytes of the values by the plain encoding. */
    int plainBytes() {
        return switch (kind) {
            case INTS -> count * Integer.BYTES;
            case LONGS -> count * Long.BYTES;
            case BOOLEANS -> (count + 7) / 8;
            case BYTES -> bytes.length;
        };
    }

    void writePlain(PageBytes out) {
        switch (kind) {
            case INTS -> out.putInts(ints, count);
            case LONGS -> out.putLongs(longs, count);
            case BOOLEANS -> out.putBits(truths, count);
            case BYTES -> out.putBytes(bytes.bytes, 0, bytes.length);
        }
    }

    /** Differences of numbers, which these must be. */
    void writeDeltas(DeltaEncoding encoding, PageBytes out) {
        if (kind == Kind.INTS) {
            encoding.write(ints, count, out);
        } else {
            encoding.write(longs, count, out);
        }
    }

    /**
     * @param usualBytes of a page; what one huge page has needed is given back
     */
    void clear(int usualBytes) {
        count = 0;
        bytes.length = 0;
        bytes.trim(4L * usualBytes);
        if (ints.length > usualBytes) {
            ints = new int[0];
        }
        if (longs.length > usualBytes) {
            longs = new long[0];
        }
        if (truths.length > 4L * usualBytes) {
            truths = new byte[0];
        }
    }

    private int larger() {
        return Math.max(FIRST_VALUES, Math.multiplyExact(count, 2));
    }

    private void require(Kind wanted) {
        if (kind != wanted) {
            throw new IllegalArgumentException(
                    "column '" + type + "' cannot have values that are kept as " + wanted);
        }
    }

    private void requireText() {
        if (type.getPrimitiveTypeName() != PrimitiveTypeName.BINARY) {
            throw new IllegalArgumentException("column '" + type + "' cannot have texts");
        }
    }
}
