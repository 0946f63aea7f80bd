package io.millrace.api.stream;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;

/** 128 bits, written as 32 lower-case hexadecimal digits, upper part first. Immutable. */
public class AbstractID implements Comparable<AbstractID>, Serializable {
    private static final long serialVersionUID = 1L;

    /** Bytes. */
    public static final int SIZE = 16;

    // Programs' subclasses read these by name.
    protected final long upperPart;
    protected final long lowerPart;

    /** A random one. */
    public AbstractID() {
        UUID random = UUID.randomUUID();
        this.upperPart = random.getMostSignificantBits();
        this.lowerPart = random.getLeastSignificantBits();
    }

    public AbstractID(long lowerPart, long upperPart) {
        this.lowerPart = lowerPart;
        this.upperPart = upperPart;
    }

    public AbstractID(AbstractID id) {
        this(id.lowerPart, id.upperPart);
    }

    /**
     * @param bytes {@link #SIZE} of them
     */
    public AbstractID(byte[] bytes) {
        if (bytes == null || bytes.length != SIZE) {
            throw new IllegalArgumentException(
                    "An id has "
                            + SIZE
                            + " bytes, not "
                            + (bytes == null ? "null" : bytes.length)
                            + ".");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        this.upperPart = buffer.getLong();
        this.lowerPart = buffer.getLong();
    }

    public long getLowerPart() {
        return lowerPart;
    }

    public long getUpperPart() {
        return upperPart;
    }

    /** As the constructor reads them. */
    public byte[] getBytes() {
        return ByteBuffer.allocate(SIZE).putLong(upperPart).putLong(lowerPart).array();
    }

    public final String toHexString() {
        return HexFormat.of().toHexDigits(upperPart) + HexFormat.of().toHexDigits(lowerPart);
    }

    @Override
    public int compareTo(AbstractID other) {
        int byUpper = Long.compareUnsigned(upperPart, other.upperPart);
        return byUpper != 0 ? byUpper : Long.compareUnsigned(lowerPart, other.lowerPart);
    }

    @Override
    public boolean equals(Object other) {
        return other != null
                && getClass() == other.getClass()
                && upperPart == ((AbstractID) other).upperPart
                && lowerPart == ((AbstractID) other).lowerPart;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(upperPart ^ lowerPart);
    }

    @Override
    public String toString() {
        return toHexString();
    }
}
