package io.millrace.yarn.token;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.security.Credentials;

/**
 * Delegation tokens on their way to a worker: control messages prove who sent them, but anyone on
 * the network can read them. Pure but for the random nonce.
 *
 * <pre>
 * sealed := nonce 12 | AES-256-GCM(Hadoop's form of credentials), tag of 16 bytes at its end
 * </pre>
 */
public final class SealedTokens {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private SealedTokens() {}

    static byte[] seal(Credentials tokens, AppSecret secret) {
        DataOutputBuffer plain = new DataOutputBuffer();
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            tokens.writeTokenStorageToStream(plain);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, secret, nonce);
            byte[] sealedTokens = new byte[NONCE_BYTES + cipher.getOutputSize(plain.getLength())];
            System.arraycopy(nonce, 0, sealedTokens, 0, NONCE_BYTES);
            cipher.doFinal(plain.getData(), 0, plain.getLength(), sealedTokens, NONCE_BYTES);
            return sealedTokens;
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES/GCM", e);
        }
    }

    /**
     * @throws MillraceException {@code AUTHENTICATION_FAILED} if they were not sealed with this
     *     secret, or changed on the way
     */
    public static Credentials open(byte[] sealedTokens, AppSecret secret) {
        try {
            if (sealedTokens.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                throw new IOException("too short");
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, secret, sealedTokens);
            byte[] plain =
                    cipher.doFinal(sealedTokens, NONCE_BYTES, sealedTokens.length - NONCE_BYTES);
            Credentials tokens = new Credentials();
            tokens.readTokenStorageStream(new DataInputStream(new ByteArrayInputStream(plain)));
            return tokens;
        } catch (GeneralSecurityException | IOException e) {
            throw new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "delegation tokens of "
                            + sealedTokens.length
                            + " bytes arrived and are not of this application's master: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * @param nonce in its first bytes
     */
    private static Cipher cipher(int mode, AppSecret secret, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(secret.key(AppSecret.Purpose.TOKENS), "AES"),
                new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        return cipher;
    }
}
