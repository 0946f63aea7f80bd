package io.millrace.runtime.wire;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 256-bit secret of an application, made by the client, and the keys derived from it. Carried
 * in container credentials only. Immutable; never printed.
 */
public final class AppSecret {
    public static final int LENGTH_BYTES = 32;

    private final byte[] secret;

    private AppSecret(byte[] secret) {
        this.secret = secret;
    }

    public static AppSecret random() {
        byte[] bytes = new byte[LENGTH_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new AppSecret(bytes);
    }

    public static AppSecret of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException(
                    "an application secret has " + LENGTH_BYTES + " bytes, not " + bytes.length);
        }
        return new AppSecret(bytes.clone());
    }

    /** A copy, for container credentials and the submitter's own file. */
    public byte[] toBytes() {
        return secret.clone();
    }

    /** What a derived key is for; keys of different purposes do not help to guess each other. */
    public enum Purpose {
        CONTROL,
        DATA,
        REST,
        /** Leader election in ZooKeeper. */
        ELECTION,
        /** Results that the shuffle service of a node serves; the service gets to know this key. */
        SHUFFLE,
        /** Delegation tokens of Hadoop on their way to workers. */
        TOKENS
    }

    /**
     * The key of a purpose: HMAC-SHA-256 of the purpose's name under the secret (one HKDF step).
     */
    public byte[] key(Purpose purpose) {
        return hmac(
                secret,
                ("millrace/1/" + purpose.name())
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AppSecret that
                && java.security.MessageDigest.isEqual(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hmac(secret, new byte[0]));
    }

    @Override
    public String toString() {
        return "AppSecret[hidden]";
    }
}
