package io.millrace.api.stream;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;

/** Identifies a job: 128 bits, written as 32 lower-case hexadecimal digits. Immutable. */
public final class JobID implements Comparable<JobID>, Serializable {
    private static final long serialVersionUID = 1L;

    private final long upper;
    private final long lower;

    /** A random id. */
    public JobID() {
        UUID random = UUID.randomUUID();
        this.upper = random.getMostSignificantBits();
        this.lower = random.getLeastSignificantBits();
    }

    public JobID(long lowerPart, long upperPart) {
        this.lower = lowerPart;
        this.upper = upperPart;
    }

    /**
     * @param bytes 16 of them
     */
    public JobID(byte[] bytes) {
        if (bytes.length != 16) {
            throw new IllegalArgumentException("A job id has 16 bytes, not " + bytes.length + ".");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        this.upper = buffer.getLong();
        this.lower = buffer.getLong();
    }

    public static JobID generate() {
        return new JobID();
    }

    public static JobID fromByteArray(byte[] bytes) {
        return new JobID(bytes);
    }

    public static JobID fromHexString(String hexString) {
        try {
            return new JobID(HexFormat.of().parseHex(hexString));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + hexString + "' is not a job id: 32 hexadecimal digits.", e);
        }
    }

    public byte[] getBytes() {
        return ByteBuffer.allocate(16).putLong(upper).putLong(lower).array();
    }

    public long getLowerPart() {
        return lower;
    }

    public long getUpperPart() {
        return upper;
    }

    public String toHexString() {
        return HexFormat.of().toHexDigits(upper) + HexFormat.of().toHexDigits(lower);
    }

    @Override
    public int compareTo(JobID other) {
        int byUpper = Long.compareUnsigned(upper, other.upper);
        return byUpper != 0 ? byUpper : Long.compareUnsigned(lower, other.lower);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JobID that && upper == that.upper && lower == that.lower;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(upper ^ lower);
    }

    @Override
    public String toString() {
        return toHexString();
    }
}
