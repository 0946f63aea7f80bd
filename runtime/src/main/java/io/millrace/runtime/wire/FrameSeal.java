package io.millrace.runtime.wire;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs, or checks, the frames of one direction of a control connection. A frame's tag covers its
 * place in the sequence, so a frame that was changed, repeated, dropped or moved does not verify.
 * Confined to the connection's network thread.
 */
final class FrameSeal {
    static final int TAG_BYTES = 16;

    private final Mac mac;
    private final byte[] place = new byte[12];
    private long sequence;

    FrameSeal(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** The tag of the next frame. */
    byte[] next(byte[] frame) {
        ByteBuffer.wrap(place).putLong(sequence++).putInt(frame.length);
        mac.update(place);
        return Arrays.copyOf(mac.doFinal(frame), TAG_BYTES);
    }

    /** Whether {@code tag} is that of the next frame. After false the direction is dead. */
    boolean verifyNext(byte[] frame, byte[] tag) {
        return MessageDigest.isEqual(next(frame), tag);
    }

    /** How many frames were signed or checked. */
    long count() {
        return sequence;
    }
}
