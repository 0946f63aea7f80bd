package io.millrace.api.operator;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The identity of an operator in its job: 16 bytes. Immutable. */
public class OperatorID implements Comparable<OperatorID>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Number of bytes. */
    public static final int SIZE = 16;

    private final long upperPart;
    private final long lowerPart;

    /** A random one. */
    public OperatorID() {
        this(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /**
     * @throws IllegalArgumentException if there are not {@link #SIZE} bytes
     */
    public OperatorID(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException(
                    "An operator's id has " + SIZE + " bytes, not " + bytes.length + ".");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        this.upperPart = buffer.getLong();
        this.lowerPart = buffer.getLong();
    }

    public OperatorID(long lowerPart, long upperPart) {
        this.lowerPart = lowerPart;
        this.upperPart = upperPart;
    }

    public long getLowerPart() {
        return lowerPart;
    }

    public long getUpperPart() {
        return upperPart;
    }

    public byte[] getBytes() {
        return ByteBuffer.allocate(SIZE).putLong(upperPart).putLong(lowerPart).array();
    }

    public String toHexString() {
        return HexFormat.of().formatHex(getBytes());
    }

    @Override
    public int compareTo(OperatorID other) {
        int upper = Long.compare(upperPart, other.upperPart);
        return upper != 0 ? upper : Long.compare(lowerPart, other.lowerPart);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperatorID that
                && upperPart == that.upperPart
                && lowerPart == that.lowerPart;
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
