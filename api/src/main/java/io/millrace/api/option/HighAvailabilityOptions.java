package io.millrace.api.option;

import java.time.Duration;
import java.util.Map;

/**
 * What concerns the next coordinator after one has ended, as keys for {@link Configuration}. They
 * have no effect, and each one's description says why.
 */
public class HighAvailabilityOptions {
    private static final String NEXT_MASTER =
            "an application master that ends is followed by another; see yarn.max-attempts.";
    private static final String STORAGE =
            "what a master has to know lies in its staging directory; see "
                    + "yarn.staging-directory.";
    private static final String ZOOKEEPER = "ha.zookeeper.quorum and the keys beside it say it.";

    public static final ConfigOption<String> HA_MODE =
            ConfigOption.of(
                    Option.string("high-availability.type")
                            .formerly("recovery.mode", "high-availability")
                            .defaultTo("NONE")
                            .withoutEffect(NEXT_MASTER));

    public static final ConfigOption<String> HA_CLUSTER_ID =
            ConfigOption.of(
                    Option.string("high-availability.cluster-id")
                            .formerly(
                                    "high-availability.zookeeper.path.namespace",
                                    "recovery.zookeeper.path.namespace")
                            .defaultTo("/default")
                            .withoutEffect(NEXT_MASTER));

    public static final ConfigOption<String> HA_STORAGE_PATH =
            ConfigOption.of(
                    Option.string("high-availability.storageDir")
                            .formerly(
                                    "high-availability.zookeeper.storageDir",
                                    "recovery.zookeeper.storageDir")
                            .withoutEffect(STORAGE));

    public static final ConfigOption<String> HA_JOB_MANAGER_PORT_RANGE =
            ConfigOption.of(
                    Option.string("high-availability.jobmanager.port")
                            .formerly("recovery.jobmanager.port")
                            .defaultTo("0")
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<String> HA_ZOOKEEPER_QUORUM =
            ConfigOption.of(
                    Option.string("high-availability.zookeeper.quorum")
                            .formerly("recovery.zookeeper.quorum")
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<String> HA_ZOOKEEPER_ROOT =
            ConfigOption.of(
                    Option.string("high-availability.zookeeper.path.root")
                            .formerly("recovery.zookeeper.path.root")
                            .defaultTo("/flink")
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<String> HA_ZOOKEEPER_EXECUTION_PLANS_PATH =
            ConfigOption.of(
                    Option.string("high-availability.zookeeper.path.execution-plans")
                            .formerly(
                                    "recovery.zookeeper.path.jobgraphs",
                                    "high-availability.zookeeper.path.jobgraphs")
                            .defaultTo("/execution-plans")
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<String> HA_ZOOKEEPER_APPLICATIONS_PATH =
            ConfigOption.of(
                    Option.string("high-availability.zookeeper.path.applications")
                            .defaultTo("/applications")
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Duration> ZOOKEEPER_SESSION_TIMEOUT =
            ConfigOption.of(
                    Option.duration("high-availability.zookeeper.client.session-timeout")
                            .formerly("recovery.zookeeper.client.session-timeout")
                            .defaultTo(Duration.parse("PT1M"))
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Duration> ZOOKEEPER_CONNECTION_TIMEOUT =
            ConfigOption.of(
                    Option.duration("high-availability.zookeeper.client.connection-timeout")
                            .formerly("recovery.zookeeper.client.connection-timeout")
                            .defaultTo(Duration.parse("PT15S"))
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Duration> ZOOKEEPER_RETRY_WAIT =
            ConfigOption.of(
                    Option.duration("high-availability.zookeeper.client.retry-wait")
                            .formerly("recovery.zookeeper.client.retry-wait")
                            .defaultTo(Duration.parse("PT5S"))
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Duration> ZOOKEEPER_MAX_RETRY_WAIT =
            ConfigOption.of(
                    Option.duration("high-availability.zookeeper.client.max-retry-wait")
                            .defaultTo(Duration.parse("PT1M"))
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Integer> ZOOKEEPER_MAX_RETRY_ATTEMPTS =
            ConfigOption.of(
                    Option.integer("high-availability.zookeeper.client.max-retry-attempts")
                            .formerly("recovery.zookeeper.client.max-retry-attempts")
                            .defaultTo(3)
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<String> ZOOKEEPER_CLIENT_ACL =
            ConfigOption.of(
                    Option.string("high-availability.zookeeper.client.acl")
                            .defaultTo("open")
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Boolean> ZOOKEEPER_TOLERATE_SUSPENDED_CONNECTIONS =
            ConfigOption.of(
                    Option.bool("high-availability.zookeeper.client.tolerate-suspended-connections")
                            .defaultTo(false)
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Boolean> ZOOKEEPER_ENSEMBLE_TRACKING =
            ConfigOption.of(
                    Option.bool("high-availability.zookeeper.client.ensemble-tracker")
                            .defaultTo(true)
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Map<String, String>> ZOOKEEPER_CLIENT_AUTHORIZATION =
            ConfigOption.of(
                    Option.map("high-availability.zookeeper.client.authorization")
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Duration> ZOOKEEPER_MAX_CLOSE_WAIT =
            ConfigOption.of(
                    Option.duration("high-availability.zookeeper.client.max-close-wait")
                            .withoutEffect(ZOOKEEPER));

    public static final ConfigOption<Integer> ZOOKEEPER_SIMULATED_SESSION_EXP_PERCENT =
            ConfigOption.of(
                    Option.integer(
                                    "high-availability.zookeeper.client.simulated-session-expiration-percent")
                            .withoutEffect(ZOOKEEPER));
}
