package io.millrace.hdfs;

import io.millrace.api.option.Config;
import java.util.Optional;

/**
 * Where and how leaders are elected. Immutable.
 *
 * @param quorum host:port, separated by commas
 * @param root an existing znode
 * @param sasl how the client proves who it is, beside the application's key
 */
public record ZooKeeperSettings(
        String quorum,
        String root,
        int sessionTimeoutMs,
        int connectionTimeoutMs,
        ZooKeeperSasl sasl) {

    /** Empty if no quorum is configured. */
    public static Optional<ZooKeeperSettings> from(Config config) {
        return config.find(ZooKeeperOptions.QUORUM)
                .filter(quorum -> !quorum.isBlank())
                .map(
                        quorum ->
                                new ZooKeeperSettings(
                                        quorum.strip(),
                                        config.get(ZooKeeperOptions.ROOT),
                                        Math.toIntExact(
                                                config.get(ZooKeeperOptions.SESSION_TIMEOUT)
                                                        .toMillis()),
                                        Math.toIntExact(
                                                config.get(ZooKeeperOptions.CONNECTION_TIMEOUT)
                                                        .toMillis()),
                                        ZooKeeperSasl.from(config)));
    }

    /** The znode of an application. */
    String applicationPath(String applicationId) {
        return (root.endsWith("/") ? root : root + "/") + "millrace-" + applicationId;
    }

    /** "{@code <epoch> <candidate>}" of an application's last leader. */
    String epochPath(String applicationId) {
        return applicationPath(applicationId) + "/epoch";
    }

    /** The parent of the pointers to the checkpoints of an application's jobs. */
    String pointersPath(String applicationId) {
        return applicationPath(applicationId) + "/checkpoints";
    }
}
