package io.millrace.yarn.token;

import io.millrace.hdfs.KerberosLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.apache.hadoop.security.token.TokenIdentifier;
import org.apache.hadoop.security.token.delegation.AbstractDelegationTokenIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delegation tokens that were just obtained.
 *
 * @param credentials them, and nothing else
 * @param endsAtMs when the first of them ends, unless it is renewed; milliseconds since the epoch
 */
record FreshTokens(Credentials credentials, long endsAtMs) {
    private static final Logger LOG = LoggerFactory.getLogger(FreshTokens.class);

    /** Of tokens that do not tell; Hadoop's own default for the time between renewals. */
    private static final long USUAL_LIFE_MS = TimeUnit.DAYS.toMillis(1);

    /** Where new tokens come from. */
    interface Source {
        FreshTokens obtain() throws IOException, InterruptedException;
    }

    /**
     * Asks the file systems, as the keytab's principal, who is named as the one to renew them:
     * whoever else would have to be told of each of them.
     */
    static Source withKeytab(
            Configuration hadoop, String principal, Path keytab, TokenFileSystems fileSystems) {
        return () ->
                KerberosLogin.as(
                        principal,
                        keytab,
                        () -> {
                            Credentials credentials = new Credentials();
                            fileSystems.addTokens(hadoop, principal, credentials);
                            return new FreshTokens(credentials, endOf(credentials, hadoop));
                        });
    }

    private static long endOf(Credentials credentials, Configuration hadoop)
            throws InterruptedException {
        long end = System.currentTimeMillis() + USUAL_LIFE_MS;
        for (Token<? extends TokenIdentifier> token : credentials.getAllTokens()) {
            end = Math.min(end, endOf(token, hadoop));
        }
        return end;
    }

    /** A renewal right away tells how long a token lives; its own text tells the very end. */
    private static long endOf(Token<? extends TokenIdentifier> token, Configuration hadoop)
            throws InterruptedException {
        long end = Long.MAX_VALUE;
        try {
            if (token.decodeIdentifier() instanceof AbstractDelegationTokenIdentifier known) {
                end = known.getMaxDate();
            }
            end = Math.min(end, token.renew(hadoop));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("A token does not tell when it ends kind={}", token.getKind(), e);
        }
        return end;
    }
}
