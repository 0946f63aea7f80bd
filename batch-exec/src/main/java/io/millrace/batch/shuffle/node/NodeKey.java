package io.millrace.batch.shuffle.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a reader and a shuffle service prove to each other that they know the application's key: the
 * reader sends the HMAC-SHA1 of port, path and query, the service answers with that of what it got.
 * Immutable; never printed.
 */
final class NodeKey {
    private static final String ALGORITHM = "HmacSHA1";

    private final SecretKeySpec key;

    NodeKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The proof that goes with a request. */
    String proofOf(int port, String pathAndQuery) {
        return hash(port + pathAndQuery);
    }

    /** What somebody who knows the key answers to a proof. */
    String answerTo(String proof) {
        return hash(proof);
    }

    /** Whether an answer is from somebody who knows the key. */
    boolean answers(String proof, String answer) {
        return MessageDigest.isEqual(
                answerTo(proof).getBytes(StandardCharsets.US_ASCII),
                answer.strip().getBytes(StandardCharsets.US_ASCII));
    }

    private String hash(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "NodeKey[hidden]";
    }
}
