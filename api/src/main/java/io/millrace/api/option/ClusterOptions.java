package io.millrace.api.option;

import java.time.Duration;

/**
 * What concerns a cluster as a whole, as keys for {@link Configuration}. They have no effect, and
 * each one's description says why.
 */
public class ClusterOptions {
    private static final String ENGINE = "the engine decides it, alike for all clusters.";

    public static final ConfigOption<String> CLUSTER_ID =
            ConfigOption.of(
                    Option.string("cluster.id")
                            .defaultTo("00000000000000000000000000000000")
                            .withoutEffect(ENGINE));

    public static final ConfigOption<Duration> INITIAL_REGISTRATION_TIMEOUT =
            ConfigOption.of(
                    Option.duration("cluster.registration.initial-timeout")
                            .defaultTo(Duration.parse("PT0.1S"))
                            .withoutEffect(ENGINE));

    public static final ConfigOption<Duration> MAX_REGISTRATION_TIMEOUT =
            ConfigOption.of(
                    Option.duration("cluster.registration.max-timeout")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(ENGINE));

    public static final ConfigOption<Duration> ERROR_REGISTRATION_DELAY =
            ConfigOption.of(
                    Option.duration("cluster.registration.error-delay")
                            .defaultTo(Duration.parse("PT10S"))
                            .withoutEffect(ENGINE));

    public static final ConfigOption<Duration> REFUSED_REGISTRATION_DELAY =
            ConfigOption.of(
                    Option.duration("cluster.registration.refused-registration-delay")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(ENGINE));

    public static final ConfigOption<Duration> CLUSTER_SERVICES_SHUTDOWN_TIMEOUT =
            ConfigOption.of(
                    Option.duration("cluster.services.shutdown-timeout")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(ENGINE));

    public static final ConfigOption<Integer> CLUSTER_IO_EXECUTOR_POOL_SIZE =
            ConfigOption.of(Option.integer("cluster.io-pool.size").withoutEffect(ENGINE));

    public static final ConfigOption<Boolean> HALT_ON_FATAL_ERROR =
            ConfigOption.of(
                    Option.bool("cluster.processes.halt-on-fatal-error")
                            .defaultTo(false)
                            .withoutEffect(ENGINE));

    public static final ConfigOption<Integer> THREAD_DUMP_STACKTRACE_MAX_DEPTH =
            ConfigOption.of(
                    Option.integer("cluster.thread-dump.stacktrace-max-depth")
                            .defaultTo(50)
                            .withoutEffect(ENGINE));

    public static final ConfigOption<String> PROCESS_WORKING_DIR_BASE =
            ConfigOption.of(Option.string("process.working-dir").withoutEffect(ENGINE));

    public static final ConfigOption<String> JOB_MANAGER_PROCESS_WORKING_DIR_BASE =
            ConfigOption.of(
                    Option.string("process.jobmanager.working-dir")
                            .formerly("process.working-dir")
                            .withoutEffect(ENGINE));

    public static final ConfigOption<String> TASK_MANAGER_PROCESS_WORKING_DIR_BASE =
            ConfigOption.of(
                    Option.string("process.taskmanager.working-dir")
                            .formerly("process.working-dir")
                            .withoutEffect(ENGINE));
}
