package io.millrace.api.option;

import java.time.Duration;

/**
 * What concerns the coordinator, as keys for {@link Configuration}. They have no effect, and each
 * one's description says why.
 */
public class JobManagerOptions {
    private static final String ADDRESSES =
            "the application master finds its addresses; see rest.port.";
    private static final String SIZE = "yarn.master.memory says it.";
    private static final String ENDED =
            "YARN keeps what has ended; the master keeps the jobs of its application.";
    private static final String COORDINATOR = "the coordinator decides it.";
    private static final String WORKERS =
            "resource.wait-timeout and resource.idle-timeout say how long workers are "
                    + "waited for and kept.";
    private static final String SLOTS =
            "the engine takes the slots that a job needs, when they are there.";

    public static final ConfigOption<String> ADDRESS =
            ConfigOption.of(Option.string("jobmanager.rpc.address").withoutEffect(ADDRESSES));

    public static final ConfigOption<String> BIND_HOST =
            ConfigOption.of(Option.string("jobmanager.bind-host").withoutEffect(ADDRESSES));

    public static final ConfigOption<Integer> PORT =
            ConfigOption.of(
                    Option.integer("jobmanager.rpc.port").defaultTo(6123).withoutEffect(ADDRESSES));

    public static final ConfigOption<Integer> RPC_BIND_PORT =
            ConfigOption.of(Option.integer("jobmanager.rpc.bind-port").withoutEffect(ADDRESSES));

    public static final ConfigOption<MemorySize> TOTAL_PROCESS_MEMORY =
            ConfigOption.of(Option.memory("jobmanager.memory.process.size").withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> TOTAL_FLINK_MEMORY =
            ConfigOption.of(Option.memory("jobmanager.memory.flink.size").withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> JVM_HEAP_MEMORY =
            ConfigOption.of(Option.memory("jobmanager.memory.heap.size").withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> OFF_HEAP_MEMORY =
            ConfigOption.of(
                    Option.memory("jobmanager.memory.off-heap.size")
                            .defaultTo(MemorySize.parse("128 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<Boolean> JVM_DIRECT_MEMORY_LIMIT_ENABLED =
            ConfigOption.of(
                    Option.bool("jobmanager.memory.enable-jvm-direct-memory-limit")
                            .defaultTo(false)
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> JVM_METASPACE =
            ConfigOption.of(
                    Option.memory("jobmanager.memory.jvm-metaspace.size")
                            .defaultTo(MemorySize.parse("256 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> JVM_OVERHEAD_MIN =
            ConfigOption.of(
                    Option.memory("jobmanager.memory.jvm-overhead.min")
                            .defaultTo(MemorySize.parse("192 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> JVM_OVERHEAD_MAX =
            ConfigOption.of(
                    Option.memory("jobmanager.memory.jvm-overhead.max")
                            .defaultTo(MemorySize.parse("1 gb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<Float> JVM_OVERHEAD_FRACTION =
            ConfigOption.of(
                    Option.floating("jobmanager.memory.jvm-overhead.fraction")
                            .defaultTo(0.1f)
                            .withoutEffect(SIZE));

    public static final ConfigOption<Integer> MAX_ATTEMPTS_HISTORY_SIZE =
            ConfigOption.of(
                    Option.integer("jobmanager.execution.attempts-history-size")
                            .formerly("job-manager.max-attempts-history-size")
                            .defaultTo(16)
                            .withoutEffect(ENDED));

    public static final ConfigOption<String> FAILURE_ENRICHERS_LIST =
            ConfigOption.of(
                    Option.string("jobmanager.failure-enrichers").withoutEffect(COORDINATOR));

    public static final ConfigOption<String> EXECUTION_FAILOVER_STRATEGY =
            ConfigOption.of(
                    Option.string("jobmanager.execution.failover-strategy")
                            .defaultTo("region")
                            .withoutEffect(
                                    "the smallest region of tasks that depend on each other restarts."));

    public static final ConfigOption<String> ARCHIVE_DIR =
            ConfigOption.of(Option.string("jobmanager.archive.fs.dir").withoutEffect(ENDED));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Long> JOB_STORE_CACHE_SIZE =
            ConfigOption.of(
                    Option.longInteger("jobstore.cache-size")
                            .defaultTo(52428800L)
                            .withoutEffect(ENDED));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Long> JOB_STORE_EXPIRATION_TIME =
            ConfigOption.of(
                    Option.longInteger("jobstore.expiration-time")
                            .defaultTo(3600L)
                            .withoutEffect(ENDED));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> JOB_STORE_MAX_CAPACITY =
            ConfigOption.of(
                    Option.integer("jobstore.max-capacity")
                            .defaultTo(2147483647)
                            .withoutEffect(ENDED));

    public static final ConfigOption<Long> COMPLETED_APPLICATION_STORE_CACHE_SIZE =
            ConfigOption.of(
                    Option.longInteger("completed-application-store.cache-size")
                            .formerly("jobstore.cache-size")
                            .defaultTo(52428800L)
                            .withoutEffect(ENDED));

    public static final ConfigOption<Duration> COMPLETED_APPLICATION_STORE_EXPIRATION_TIME =
            ConfigOption.of(
                    Option.duration("completed-application-store.expiration-time")
                            .defaultTo(Duration.parse("PT1H"))
                            .withoutEffect(ENDED));

    public static final ConfigOption<Integer> COMPLETED_APPLICATION_STORE_MAX_CAPACITY =
            ConfigOption.of(
                    Option.integer("completed-application-store.max-capacity")
                            .formerly("jobstore.max-capacity")
                            .defaultTo(2147483647)
                            .withoutEffect(ENDED));

    public static final ConfigOption<Boolean> RETRIEVE_TASK_MANAGER_HOSTNAME =
            ConfigOption.of(
                    Option.bool("jobmanager.retrieve-taskmanager-hostname")
                            .defaultTo(true)
                            .withoutEffect(COORDINATOR));

    public static final ConfigOption<Integer> JOB_MANAGER_FUTURE_POOL_SIZE =
            ConfigOption.of(
                    Option.integer("jobmanager.future-pool.size").withoutEffect(COORDINATOR));

    public static final ConfigOption<Integer> JOB_MANAGER_IO_POOL_SIZE =
            ConfigOption.of(Option.integer("jobmanager.io-pool.size").withoutEffect(COORDINATOR));

    public static final ConfigOption<Duration> SLOT_REQUEST_TIMEOUT =
            ConfigOption.of(
                    Option.duration("slot.request.timeout")
                            .defaultTo(Duration.parse("PT5M"))
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> SLOT_IDLE_TIMEOUT =
            ConfigOption.of(
                    Option.duration("slot.idle.timeout")
                            .defaultTo(Duration.parse("PT50S"))
                            .withoutEffect(WORKERS));

    public static final ConfigOption<Duration> SLOT_REQUEST_MAX_INTERVAL =
            ConfigOption.of(
                    Option.duration("slot.request.max-interval")
                            .defaultTo(Duration.parse("PT0.02S"))
                            .withoutEffect(WORKERS));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Duration> SCHEDULER_SCALING_INTERVAL_MIN =
            ConfigOption.of(
                    Option.duration("jobmanager.adaptive-scheduler.scaling-interval.min")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(SLOTS));

    public static final ConfigOption<Duration> SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING =
            ConfigOption.of(
                    Option.duration(
                                    "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling")
                            .formerly("jobmanager.adaptive-scheduler.scaling-interval.min")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(SLOTS));

    public static final ConfigOption<Duration> SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT =
            ConfigOption.of(
                    Option.duration(
                                    "jobmanager.adaptive-scheduler.executing.resource-stabilization-timeout")
                            .defaultTo(Duration.parse("PT1M"))
                            .withoutEffect(SLOTS));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> MIN_PARALLELISM_INCREASE =
            ConfigOption.of(
                    Option.integer("jobmanager.adaptive-scheduler.min-parallelism-increase")
                            .defaultTo(1)
                            .withoutEffect(COORDINATOR));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Duration> SCHEDULER_SCALING_INTERVAL_MAX =
            ConfigOption.of(
                    Option.duration("jobmanager.adaptive-scheduler.scaling-interval.max")
                            .withoutEffect(SLOTS));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Duration> RESOURCE_WAIT_TIMEOUT =
            ConfigOption.of(
                    Option.duration("jobmanager.adaptive-scheduler.resource-wait-timeout")
                            .defaultTo(Duration.parse("PT5M"))
                            .withoutEffect(SLOTS));

    public static final ConfigOption<Duration> SCHEDULER_SUBMISSION_RESOURCE_WAIT_TIMEOUT =
            ConfigOption.of(
                    Option.duration(
                                    "jobmanager.adaptive-scheduler.submission.resource-wait-timeout")
                            .formerly("jobmanager.adaptive-scheduler.resource-wait-timeout")
                            .defaultTo(Duration.parse("PT5M"))
                            .withoutEffect(SLOTS));

    public static final ConfigOption<Integer> SCHEDULER_RESCALE_TRIGGER_MAX_CHECKPOINT_FAILURES =
            ConfigOption.of(
                    Option.integer(
                                    "jobmanager.adaptive-scheduler.rescale-trigger.max-checkpoint-failures")
                            .defaultTo(2)
                            .withoutEffect(SLOTS));

    public static final ConfigOption<Duration> SCHEDULER_RESCALE_TRIGGER_MAX_DELAY =
            ConfigOption.of(
                    Option.duration("jobmanager.adaptive-scheduler.rescale-trigger.max-delay")
                            .withoutEffect(SLOTS));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Duration> RESOURCE_STABILIZATION_TIMEOUT =
            ConfigOption.of(
                    Option.duration("jobmanager.adaptive-scheduler.resource-stabilization-timeout")
                            .defaultTo(Duration.parse("PT10S"))
                            .withoutEffect(SLOTS));

    public static final ConfigOption<Duration> SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT =
            ConfigOption.of(
                    Option.duration(
                                    "jobmanager.adaptive-scheduler.submission.resource-stabilization-timeout")
                            .formerly(
                                    "jobmanager.adaptive-scheduler.resource-stabilization-timeout")
                            .defaultTo(Duration.parse("PT10S"))
                            .withoutEffect(SLOTS));

    public static final ConfigOption<Boolean> SCHEDULER_PREFER_MINIMAL_TASKMANAGERS_ENABLED =
            ConfigOption.of(
                    Option.bool("jobmanager.adaptive-scheduler.prefer-minimal-taskmanagers")
                            .defaultTo(true)
                            .withoutEffect(SLOTS));

    public static final ConfigOption<Boolean> PARTITION_RELEASE_DURING_JOB_EXECUTION =
            ConfigOption.of(
                    Option.bool("jobmanager.partition.release-during-job-execution")
                            .defaultTo(true)
                            .withoutEffect(SLOTS));

    public static final ConfigOption<String> JOB_MANAGER_RESOURCE_ID =
            ConfigOption.of(Option.string("jobmanager.resource-id").withoutEffect(SLOTS));
}
