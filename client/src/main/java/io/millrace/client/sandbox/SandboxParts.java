package io.millrace.client.sandbox;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a sandbox is to have beside HDFS, YARN and ZooKeeper. Immutable.
 *
 * @param kafka whether a broker of Kafka runs, too
 * @param secure whether Hadoop's daemons speak Kerberos
 * @param tokenLifetime after which delegation tokens of HDFS end, in a secure sandbox; null for
 *     Hadoop's seven days
 */
public record SandboxParts(boolean kafka, boolean secure, Duration tokenLifetime) {
    public static final SandboxParts PLAIN = new SandboxParts(false, false, null);

    public SandboxParts {
        if (tokenLifetime != null && !secure) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "--token-lifetime is of secure sandboxes only, where there are tokens. Add"
                            + " --secure.");
        }
        if (tokenLifetime != null && tokenLifetime.toSeconds() < 10) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "--token-lifetime is "
                            + tokenLifetime.toSeconds()
                            + " s. Give it at least 10 s: a job has to start with its tokens.");
        }
    }

    Set<Daemon> daemons() {
        Set<Daemon> daemons = EnumSet.allOf(Daemon.class);
        if (!kafka) {
            daemons.remove(Daemon.KAFKA);
        }
        if (!secure) {
            daemons.remove(Daemon.KDC);
        }
        return daemons;
    }
}
