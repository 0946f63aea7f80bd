package io.millrace.api.option;

import java.time.Duration;

/**
 * What concerns messages between processes, as keys for {@link Configuration}. They have no effect,
 * and each one's description says why.
 */
public class RpcOptions {
    private static final String MESSAGES =
            "messages between processes have limits of their own; see heartbeat.timeout.";

    public static final ConfigOption<Boolean> FORCE_RPC_INVOCATION_SERIALIZATION =
            ConfigOption.of(
                    Option.bool("pekko.rpc.force-invocation-serialization")
                            .formerly("akka.rpc.force-invocation-serialization")
                            .defaultTo(false)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Boolean> CAPTURE_ASK_CALLSTACK =
            ConfigOption.of(
                    Option.bool("pekko.ask.callstack")
                            .formerly("akka.ask.callstack")
                            .defaultTo(true)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Duration> ASK_TIMEOUT_DURATION =
            ConfigOption.of(
                    Option.duration("pekko.ask.timeout")
                            .formerly("akka.ask.timeout")
                            .defaultTo(Duration.parse("PT10S"))
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Duration> TCP_TIMEOUT =
            ConfigOption.of(
                    Option.duration("pekko.tcp.timeout")
                            .formerly("akka.tcp.timeout")
                            .defaultTo(Duration.parse("PT20S"))
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Duration> STARTUP_TIMEOUT =
            ConfigOption.of(
                    Option.duration("pekko.startup-timeout")
                            .formerly("akka.startup-timeout")
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Boolean> SSL_ENABLED =
            ConfigOption.of(
                    Option.bool("pekko.ssl.enabled")
                            .formerly("akka.ssl.enabled")
                            .defaultTo(true)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<String> FRAMESIZE =
            ConfigOption.of(
                    Option.string("pekko.framesize")
                            .formerly("akka.framesize")
                            .defaultTo("10485760b")
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> DISPATCHER_THROUGHPUT =
            ConfigOption.of(
                    Option.integer("pekko.throughput")
                            .formerly("akka.throughput")
                            .defaultTo(15)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Boolean> LOG_LIFECYCLE_EVENTS =
            ConfigOption.of(
                    Option.bool("pekko.log.lifecycle.events")
                            .formerly("akka.log.lifecycle.events")
                            .defaultTo(false)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Duration> LOOKUP_TIMEOUT_DURATION =
            ConfigOption.of(
                    Option.duration("pekko.lookup.timeout")
                            .formerly("akka.lookup.timeout")
                            .defaultTo(Duration.parse("PT10S"))
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Boolean> JVM_EXIT_ON_FATAL_ERROR =
            ConfigOption.of(
                    Option.bool("pekko.jvm-exit-on-fatal-error")
                            .formerly("akka.jvm-exit-on-fatal-error")
                            .defaultTo(true)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Long> RETRY_GATE_CLOSED_FOR =
            ConfigOption.of(
                    Option.longInteger("pekko.retry-gate-closed-for")
                            .formerly("akka.retry-gate-closed-for")
                            .defaultTo(50L)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Double> FORK_JOIN_EXECUTOR_PARALLELISM_FACTOR =
            ConfigOption.of(
                    Option.decimal("pekko.fork-join-executor.parallelism-factor")
                            .formerly("akka.fork-join-executor.parallelism-factor")
                            .defaultTo(2.0)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> FORK_JOIN_EXECUTOR_PARALLELISM_MIN =
            ConfigOption.of(
                    Option.integer("pekko.fork-join-executor.parallelism-min")
                            .formerly("akka.fork-join-executor.parallelism-min")
                            .defaultTo(8)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> FORK_JOIN_EXECUTOR_PARALLELISM_MAX =
            ConfigOption.of(
                    Option.integer("pekko.fork-join-executor.parallelism-max")
                            .formerly("akka.fork-join-executor.parallelism-max")
                            .defaultTo(64)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Double> REMOTE_FORK_JOIN_EXECUTOR_PARALLELISM_FACTOR =
            ConfigOption.of(
                    Option.decimal("pekko.remote-fork-join-executor.parallelism-factor")
                            .defaultTo(2.0)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> REMOTE_FORK_JOIN_EXECUTOR_PARALLELISM_MIN =
            ConfigOption.of(
                    Option.integer("pekko.remote-fork-join-executor.parallelism-min")
                            .defaultTo(8)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> REMOTE_FORK_JOIN_EXECUTOR_PARALLELISM_MAX =
            ConfigOption.of(
                    Option.integer("pekko.remote-fork-join-executor.parallelism-max")
                            .defaultTo(16)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> CLIENT_SOCKET_WORKER_POOL_SIZE_MIN =
            ConfigOption.of(
                    Option.integer("pekko.client-socket-worker-pool.pool-size-min")
                            .formerly("akka.client-socket-worker-pool.pool-size-min")
                            .defaultTo(1)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> CLIENT_SOCKET_WORKER_POOL_SIZE_MAX =
            ConfigOption.of(
                    Option.integer("pekko.client-socket-worker-pool.pool-size-max")
                            .formerly("akka.client-socket-worker-pool.pool-size-max")
                            .defaultTo(2)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Double> CLIENT_SOCKET_WORKER_POOL_SIZE_FACTOR =
            ConfigOption.of(
                    Option.decimal("pekko.client-socket-worker-pool.pool-size-factor")
                            .formerly("akka.client-socket-worker-pool.pool-size-factor")
                            .defaultTo(1.0)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> SERVER_SOCKET_WORKER_POOL_SIZE_MIN =
            ConfigOption.of(
                    Option.integer("pekko.server-socket-worker-pool.pool-size-min")
                            .formerly("akka.server-socket-worker-pool.pool-size-min")
                            .defaultTo(1)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Integer> SERVER_SOCKET_WORKER_POOL_SIZE_MAX =
            ConfigOption.of(
                    Option.integer("pekko.server-socket-worker-pool.pool-size-max")
                            .formerly("akka.server-socket-worker-pool.pool-size-max")
                            .defaultTo(2)
                            .withoutEffect(MESSAGES));

    public static final ConfigOption<Double> SERVER_SOCKET_WORKER_POOL_SIZE_FACTOR =
            ConfigOption.of(
                    Option.decimal("pekko.server-socket-worker-pool.pool-size-factor")
                            .formerly("akka.server-socket-worker-pool.pool-size-factor")
                            .defaultTo(1.0)
                            .withoutEffect(MESSAGES));
}
