package io.millrace.api.option;

import java.time.Duration;

/**
 * What concerns how workers are got, as keys for {@link Configuration}. They have no effect, and
 * each one's description says why.
 */
public class ResourceManagerOptions {
    private static final String WORKERS =
            "YARN gives workers, and resource.wait-timeout and resource.idle-timeout say "
                    + "how long they are waited for and kept.";

    public static final ConfigOption<Duration> JOB_TIMEOUT =
            ConfigOption.of(
                    Option.duration("resourcemanager.job.timeout")
                            .defaultTo(Duration.parse("PT5M"))
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Integer> IPC_PORT =
            ConfigOption.of(
                    Option.integer("resourcemanager.rpc.port").defaultTo(0).withoutEffect(WORKERS));

    public static final ConfigOption<Integer> MIN_SLOT_NUM =
            ConfigOption.of(
                    Option.integer("slotmanager.number-of-slots.min")
                            .defaultTo(0)
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Integer> MAX_SLOT_NUM =
            ConfigOption.of(
                    Option.integer("slotmanager.number-of-slots.max")
                            .defaultTo(2147483647)
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Double> MIN_TOTAL_CPU =
            ConfigOption.of(
                    Option.decimal("slotmanager.min-total-resource.cpu").withoutEffect(WORKERS));

    public static final ConfigOption<Double> MAX_TOTAL_CPU =
            ConfigOption.of(
                    Option.decimal("slotmanager.max-total-resource.cpu").withoutEffect(WORKERS));

    public static final ConfigOption<MemorySize> MIN_TOTAL_MEM =
            ConfigOption.of(
                    Option.memory("slotmanager.min-total-resource.memory").withoutEffect(WORKERS));

    public static final ConfigOption<MemorySize> MAX_TOTAL_MEM =
            ConfigOption.of(
                    Option.memory("slotmanager.max-total-resource.memory").withoutEffect(WORKERS));

    public static final ConfigOption<Integer> REDUNDANT_TASK_MANAGER_NUM =
            ConfigOption.of(
                    Option.integer("slotmanager.redundant-taskmanager-num")
                            .defaultTo(0)
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Double> START_WORKER_MAX_FAILURE_RATE =
            ConfigOption.of(
                    Option.decimal("resourcemanager.start-worker.max-failure-rate")
                            .defaultTo(10.0)
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> START_WORKER_RETRY_INTERVAL =
            ConfigOption.of(
                    Option.duration("resourcemanager.start-worker.retry-interval")
                            .defaultTo(Duration.parse("PT3S"))
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> REQUIREMENTS_CHECK_DELAY =
            ConfigOption.of(
                    Option.duration("slotmanager.requirement-check.delay")
                            .defaultTo(Duration.parse("PT0.05S"))
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> DECLARE_NEEDED_RESOURCE_DELAY =
            ConfigOption.of(
                    Option.duration("slotmanager.declare-needed-resource.delay")
                            .defaultTo(Duration.parse("PT0.05S"))
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> STANDALONE_CLUSTER_STARTUP_PERIOD_TIME =
            ConfigOption.of(
                    Option.duration("resourcemanager.standalone.start-up-time")
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> TASK_MANAGER_TIMEOUT =
            ConfigOption.of(
                    Option.duration("resourcemanager.taskmanager-timeout")
                            .formerly("slotmanager.taskmanager-timeout")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> TASK_MANAGER_REGISTRATION_TIMEOUT =
            ConfigOption.of(
                    Option.duration("resourcemanager.taskmanager-registration.timeout")
                            .formerly("taskmanager.registration.timeout")
                            .defaultTo(Duration.parse("PT5M"))
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> RESOURCE_MANAGER_PREVIOUS_WORKER_RECOVERY_TIMEOUT =
            ConfigOption.of(
                    Option.duration("resourcemanager.previous-worker.recovery.timeout")
                            .defaultTo(Duration.parse("PT0S"))
                            .withoutEffect(WORKERS));
}
