package io.millrace.yarn.launch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.wire.AppSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.io.DataOutputBuffer;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.TokenIdentifier;
import org.apache.hadoop.yarn.security.AMRMTokenIdentifier;

/** How the application's secret travels: as a secret key among a container's credentials. Pure. */
public final class SecretInCredentials {
    private static final Text ALIAS = new Text("millrace.application.secret");

    private SecretInCredentials() {}

    public static void put(Credentials credentials, AppSecret secret) {
        credentials.addSecretKey(ALIAS, secret.toBytes());
    }

    /** The secret that YARN has handed to this container. */
    public static AppSecret get(Credentials credentials) {
        byte[] bytes = credentials.getSecretKey(ALIAS);
        if (bytes == null) {
            throw new MillraceException(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "this process has no application secret. It is no command of its own: YARN"
                            + " starts it, with credentials, after 'millrace run'.");
        }
        return AppSecret.of(bytes);
    }

    /**
     * What a worker gets: all but the token with which the master speaks to the ResourceManager.
     */
    public static Credentials ofWorker(Credentials ofMaster) {
        Credentials kept = new Credentials();
        for (Text alias : ofMaster.getAllSecretKeys()) {
            kept.addSecretKey(alias, ofMaster.getSecretKey(alias));
        }
        for (Text alias : ofMaster.getTokenMap().keySet()) {
            Token<? extends TokenIdentifier> token = ofMaster.getToken(alias);
            if (!token.getKind().equals(AMRMTokenIdentifier.KIND_NAME)) {
                kept.addToken(alias, token);
            }
        }
        return kept;
    }

    /** The form that a launch context takes. */
    public static ByteBuffer toBuffer(Credentials credentials) {
        DataOutputBuffer out = new DataOutputBuffer();
        try {
            credentials.writeTokenStorageToStream(out);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return ByteBuffer.wrap(out.getData(), 0, out.getLength());
    }
}
