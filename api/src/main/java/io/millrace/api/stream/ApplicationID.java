package io.millrace.api.stream;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Identifies an application: the jobs of one program. Immutable. */
public final class ApplicationID extends AbstractID {
    private static final long serialVersionUID = 1L;

    /** A random id. */
    public ApplicationID() {}

    public ApplicationID(long lowerPart, long upperPart) {
        super(lowerPart, upperPart);
    }

    /**
     * @param bytes 16 of them
     */
    public ApplicationID(byte[] bytes) {
        super(bytes);
    }

    public static ApplicationID generate() {
        return new ApplicationID();
    }

    public static ApplicationID fromByteArray(byte[] bytes) {
        return new ApplicationID(bytes);
    }

    /** Takes the next 16 bytes. */
    public static ApplicationID fromByteBuffer(ByteBuffer buf) {
        byte[] bytes = new byte[SIZE];
        buf.get(bytes);
        return new ApplicationID(bytes);
    }

    public static ApplicationID fromHexString(String hexString) {
        try {
            return new ApplicationID(HexFormat.of().parseHex(hexString));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + hexString + "' is not an application id: 32 hexadecimal digits.", e);
        }
    }
}
