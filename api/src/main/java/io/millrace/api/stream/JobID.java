package io.millrace.api.stream;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Identifies a job. Immutable. */
public final class JobID extends AbstractID {
    private static final long serialVersionUID = 1L;

    /** A random id. */
    public JobID() {}

    public JobID(long lowerPart, long upperPart) {
        super(lowerPart, upperPart);
    }

    /**
     * @param bytes 16 of them
     */
    public JobID(byte[] bytes) {
        super(bytes);
    }

    public static JobID generate() {
        return new JobID();
    }

    public static JobID fromByteArray(byte[] bytes) {
        return new JobID(bytes);
    }

    /** Takes the next 16 bytes. */
    public static JobID fromByteBuffer(ByteBuffer buf) {
        byte[] bytes = new byte[SIZE];
        buf.get(bytes);
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
}
