package io.millrace.api.option;

import java.time.Duration;

/**
 * What concerns the exchange of records, as keys for {@link Configuration}. They have no effect,
 * and each one's description says why.
 */
public class NettyShuffleEnvironmentOptions {
    private static final String CONNECTIONS =
            "exchange.network-threads, exchange.connect-timeout and worker.data-port say "
                    + "what is to be said.";
    private static final String QUEUES =
            "what is queued is bounded by time; see exchange.drain-target and "
                    + "exchange.channel-window.";

    public static final ConfigOption<Integer> DATA_PORT =
            ConfigOption.of(
                    Option.integer("taskmanager.data.port")
                            .defaultTo(0)
                            .withoutEffect(CONNECTIONS));

    public static final ConfigOption<String> DATA_BIND_PORT =
            ConfigOption.of(Option.string("taskmanager.data.bind-port").withoutEffect(CONNECTIONS));

    public static final ConfigOption<Boolean> DATA_SSL_ENABLED =
            ConfigOption.of(
                    Option.bool("taskmanager.data.ssl.enabled")
                            .defaultTo(true)
                            .withoutEffect(CONNECTIONS));

    public static final ConfigOption<Boolean> NETWORK_DETAILED_METRICS =
            ConfigOption.of(
                    Option.bool("taskmanager.network.detailed-metrics")
                            .defaultTo(false)
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> NETWORK_READ_MAX_REQUIRED_BUFFERS_PER_GATE =
            ConfigOption.of(
                    Option.integer("taskmanager.network.memory.read-buffer.required-per-gate.max")
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> NETWORK_SORT_SHUFFLE_MIN_BUFFERS =
            ConfigOption.of(
                    Option.integer("taskmanager.network.sort-shuffle.min-buffers")
                            .defaultTo(512)
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Duration> NETWORK_BUFFERS_REQUEST_TIMEOUT =
            ConfigOption.of(
                    Option.duration("taskmanager.network.memory.buffers-request-timeout")
                            .formerly(
                                    "taskmanager.network.memory.exclusive-buffers-request-timeout-ms")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(QUEUES));

    public static final ConfigOption<String>
            NETWORK_HYBRID_SHUFFLE_EXTERNAL_REMOTE_TIER_FACTORY_CLASS_NAME =
                    ConfigOption.of(
                            Option.string(
                                            "taskmanager.network.hybrid-shuffle.external-remote-tier-factory.class")
                                    .withoutEffect(QUEUES));

    public static final ConfigOption<String> NETWORK_HYBRID_SHUFFLE_REMOTE_STORAGE_BASE_PATH =
            ConfigOption.of(
                    Option.string("taskmanager.network.hybrid-shuffle.remote.path")
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Boolean> TCP_CONNECTION_REUSE_ACROSS_JOBS_ENABLED =
            ConfigOption.of(
                    Option.bool("taskmanager.network.tcp-connection.enable-reuse-across-jobs")
                            .defaultTo(true)
                            .withoutEffect(CONNECTIONS));

    public static final ConfigOption<Integer> CLIENT_CONNECT_TIMEOUT_SECONDS =
            ConfigOption.of(
                    Option.integer("taskmanager.network.netty.client.connectTimeoutSec")
                            .formerly("taskmanager.net.client.connectTimeoutSec")
                            .defaultTo(120)
                            .withoutEffect(CONNECTIONS));

    public static final ConfigOption<Integer> NETWORK_RETRIES =
            ConfigOption.of(
                    Option.integer("taskmanager.network.retries")
                            .formerly("taskmanager.network.retries")
                            .defaultTo(0)
                            .withoutEffect(CONNECTIONS));

    public static final ConfigOption<Integer> CLIENT_TCP_KEEP_IDLE_SECONDS =
            ConfigOption.of(
                    Option.integer("taskmanager.network.netty.client.tcp.keepIdleSec")
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> CLIENT_TCP_KEEP_INTERVAL_SECONDS =
            ConfigOption.of(
                    Option.integer("taskmanager.network.netty.client.tcp.keepIntervalSec")
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> CLIENT_TCP_KEEP_COUNT =
            ConfigOption.of(
                    Option.integer("taskmanager.network.netty.client.tcp.keepCount")
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> NETWORK_REQUEST_BACKOFF_INITIAL =
            ConfigOption.of(
                    Option.integer("taskmanager.network.request-backoff.initial")
                            .formerly("taskmanager.net.request-backoff.initial")
                            .defaultTo(100)
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> NETWORK_REQUEST_BACKOFF_MAX =
            ConfigOption.of(
                    Option.integer("taskmanager.network.request-backoff.max")
                            .formerly("taskmanager.net.request-backoff.max")
                            .defaultTo(10000)
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Duration> NETWORK_PARTITION_REQUEST_TIMEOUT =
            ConfigOption.of(
                    Option.duration("taskmanager.network.partition-request-timeout")
                            .defaultTo(Duration.parse("PT10S"))
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Boolean> ADAPTIVE_PARTITIONER_ENABLED =
            ConfigOption.of(
                    Option.bool("taskmanager.network.adaptive-partitioner.enabled")
                            .defaultTo(false)
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> ADAPTIVE_PARTITIONER_MAX_TRAVERSE_SIZE =
            ConfigOption.of(
                    Option.integer("taskmanager.network.adaptive-partitioner.max-traverse-size")
                            .defaultTo(4)
                            .withoutEffect(QUEUES));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> NETWORK_BUFFERS_PER_CHANNEL =
            ConfigOption.of(
                    Option.integer("taskmanager.network.memory.buffers-per-channel")
                            .defaultTo(2)
                            .withoutEffect(QUEUES));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> NETWORK_EXTRA_BUFFERS_PER_GATE =
            ConfigOption.of(
                    Option.integer("taskmanager.network.memory.floating-buffers-per-gate")
                            .defaultTo(8)
                            .withoutEffect(QUEUES));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> NETWORK_MAX_BUFFERS_PER_CHANNEL =
            ConfigOption.of(
                    Option.integer("taskmanager.network.memory.max-buffers-per-channel")
                            .defaultTo(10)
                            .withoutEffect(QUEUES));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> NETWORK_SORT_SHUFFLE_MIN_PARALLELISM =
            ConfigOption.of(
                    Option.integer("taskmanager.network.sort-shuffle.min-parallelism")
                            .defaultTo(1)
                            .withoutEffect(QUEUES));
}
