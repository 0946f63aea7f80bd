package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.option.Config;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How a process proves to a secure cluster who it is, and how a job keeps its rights. Immutable.
 *
 * @param keytab path on the machine of the client; null to act with tickets
 * @param principal null exactly if the keytab is
 * @param krb5Conf null for the one that this JVM finds by itself
 * @param fileSystems further ones, as URIs, that a job gets tokens of
 * @param loginContexts of JAAS that the keytab is given to
 * @param timeRatio the part of a token's life after which new ones are obtained, 0 to 1
 * @param retryBackoff the longest pause after a failure to obtain them
 */
public record KerberosSettings(
        String keytab,
        String principal,
        boolean useTicketCache,
        String krb5Conf,
        List<String> fileSystems,
        List<String> loginContexts,
        double timeRatio,
        Duration retryBackoff) {
    public KerberosSettings {
        fileSystems = List.copyOf(fileSystems);
        loginContexts = List.copyOf(loginContexts);
    }

    /**
     * @throws MillraceException {@code INVALID_OPTION} if a keytab comes without a principal, or
     *     the other way round, or if login contexts are to have one and there is none
     */
    public static KerberosSettings from(Config config) {
        String keytab = config.find(KerberosOptions.KEYTAB).orElse(null);
        String principal = config.find(KerberosOptions.PRINCIPAL).orElse(null);
        if ((keytab == null) != (principal == null)) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "option '"
                            + (keytab == null ? KerberosOptions.PRINCIPAL : KerberosOptions.KEYTAB)
                                    .key()
                            + "' is set, and '"
                            + (keytab == null ? KerberosOptions.KEYTAB : KerberosOptions.PRINCIPAL)
                                    .key()
                            + "' is not. Set both, or none of them.");
        }
        List<String> contexts =
                Arrays.stream(config.get(KerberosOptions.LOGIN_CONTEXTS).split(","))
                        .map(String::strip)
                        .filter(context -> !context.isEmpty())
                        .toList();
        if (keytab == null && !contexts.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "option '"
                            + KerberosOptions.LOGIN_CONTEXTS.key()
                            + "' names "
                            + contexts
                            + ", and there is no keytab to log them in with. Set '"
                            + KerberosOptions.KEYTAB.key()
                            + "' and '"
                            + KerberosOptions.PRINCIPAL.key()
                            + "', or leave it out.");
        }
        return new KerberosSettings(
                keytab,
                principal,
                config.get(KerberosOptions.USE_TICKET_CACHE),
                config.find(KerberosOptions.KRB5_CONF).orElse(null),
                config.get(KerberosOptions.FILE_SYSTEMS),
                contexts,
                config.get(KerberosOptions.TIME_RATIO),
                config.get(KerberosOptions.RETRY_BACKOFF));
    }

    public boolean hasKeytab() {
        return keytab != null;
    }
}
