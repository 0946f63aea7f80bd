package io.millrace.api.option;

import java.time.Duration;
import java.util.Map;

/**
 * What concerns workers, as keys for {@link Configuration}. But for {@link #NUM_TASK_SLOTS} and
 * {@link #MINI_CLUSTER_NUM_TASK_MANAGERS} they have no effect, and each one's description says why:
 * what can be said of our workers, {@code millrace options} lists.
 */
public class TaskManagerOptions {
    private static final String OUT_OF_MEMORY =
            "the option -XX:+ExitOnOutOfMemoryError in yarn.worker.java-options does it.";
    private static final String ADDRESSES =
            "a worker finds its addresses; see worker.bind-host and worker.data-port.";
    private static final String REGISTRATION =
            "worker.connect-timeout says how long a worker tries.";
    private static final String MEMORY_LOG =
            "nothing logs memory from time to time; the tools of the JVM show it.";
    private static final String CHUNKS = "records travel in chunks that the engine sizes.";
    private static final String SIZE =
            "a worker is as large as yarn.worker.memory says, and shares that out by " + "itself.";
    private static final String QUEUES =
            "what is queued is always bounded by time; see exchange.drain-target.";
    private static final String CANCELLATION = "task.cancel-timeout and task.cancel-grace say it.";
    private static final String OUTPUT = "what functions print goes to the output of their worker.";

    /** Slots of each worker: of an embedded cluster, or of one that is started for the program. */
    public static final ConfigOption<Integer> NUM_TASK_SLOTS =
            ConfigOptions.key("worker.slots")
                    .intType()
                    .defaultValue(1)
                    .withDescription("Slots of a worker.");

    /** Workers of an embedded cluster. */
    public static final ConfigOption<Integer> MINI_CLUSTER_NUM_TASK_MANAGERS =
            ConfigOptions.key("embedded.workers")
                    .intType()
                    .defaultValue(1)
                    .withDescription("Workers of an embedded cluster.");

    public static final String MANAGED_MEMORY_CONSUMER_NAME_OPERATOR = "OPERATOR";
    public static final String MANAGED_MEMORY_CONSUMER_NAME_STATE_BACKEND = "STATE_BACKEND";
    public static final String MANAGED_MEMORY_CONSUMER_NAME_PYTHON = "PYTHON";

    /**
     * The older name of two.
     *
     * @deprecated leave it out
     */
    @Deprecated public static final String MANAGED_MEMORY_CONSUMER_NAME_DATAPROC = "DATAPROC";

    public static final ConfigOption<Boolean> KILL_ON_OUT_OF_MEMORY =
            ConfigOption.of(
                    Option.bool("taskmanager.jvm-exit-on-oom")
                            .defaultTo(false)
                            .withoutEffect(OUT_OF_MEMORY));

    public static final ConfigOption<String> HOST =
            ConfigOption.of(Option.string("taskmanager.host").withoutEffect(ADDRESSES));

    public static final ConfigOption<String> BIND_HOST =
            ConfigOption.of(Option.string("taskmanager.bind-host").withoutEffect(ADDRESSES));

    public static final ConfigOption<String> RPC_PORT =
            ConfigOption.of(
                    Option.string("taskmanager.rpc.port").defaultTo("0").withoutEffect(ADDRESSES));

    public static final ConfigOption<Integer> RPC_BIND_PORT =
            ConfigOption.of(Option.integer("taskmanager.rpc.bind-port").withoutEffect(ADDRESSES));

    public static final ConfigOption<Integer> COLLECT_PORT =
            ConfigOption.of(
                    Option.integer("taskmanager.collect-sink.port")
                            .defaultTo(0)
                            .withoutEffect(ADDRESSES));

    public static final ConfigOption<Duration> REGISTRATION_TIMEOUT =
            ConfigOption.of(
                    Option.duration("taskmanager.registration.timeout")
                            .formerly("taskmanager.maxRegistrationDuration")
                            .defaultTo(Duration.parse("PT5M"))
                            .withoutEffect(REGISTRATION));

    public static final ConfigOption<Duration> SLOT_TIMEOUT =
            ConfigOption.of(
                    Option.duration("taskmanager.slot.timeout")
                            .formerly("pekko.ask.timeout")
                            .defaultTo(Duration.parse("PT10S"))
                            .withoutEffect("slots are used as soon as they are there."));

    public static final ConfigOption<Boolean> DEBUG_MEMORY_LOG =
            ConfigOption.of(
                    Option.bool("taskmanager.debug.memory.log")
                            .formerly("taskmanager.debug.memory.startLogThread")
                            .defaultTo(false)
                            .withoutEffect(MEMORY_LOG));

    public static final ConfigOption<Duration> DEBUG_MEMORY_USAGE_LOG_INTERVAL_MS =
            ConfigOption.of(
                    Option.duration("taskmanager.debug.memory.log-interval")
                            .formerly("taskmanager.debug.memory.logIntervalMs")
                            .defaultTo(Duration.parse("PT5S"))
                            .withoutEffect(MEMORY_LOG));

    public static final ConfigOption<MemorySize> MEMORY_SEGMENT_SIZE =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.segment-size")
                            .defaultTo(MemorySize.parse("32 kb"))
                            .withoutEffect(CHUNKS));

    public static final ConfigOption<MemorySize> MIN_MEMORY_SEGMENT_SIZE =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.min-segment-size")
                            .defaultTo(MemorySize.parse("256 bytes"))
                            .withoutEffect(CHUNKS));

    public static final ConfigOption<MemorySize> STARTING_MEMORY_SEGMENT_SIZE =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.starting-segment-size")
                            .defaultTo(MemorySize.parse("1 kb"))
                            .withoutEffect(CHUNKS));

    public static final ConfigOption<String> HOST_BIND_POLICY =
            ConfigOption.of(
                    Option.string("taskmanager.network.bind-policy")
                            .defaultTo("ip")
                            .withoutEffect(ADDRESSES));

    public static final ConfigOption<String> TASK_MANAGER_RESOURCE_ID =
            ConfigOption.of(
                    Option.string("taskmanager.resource-id")
                            .withoutEffect("whoever starts a worker names it."));

    public static final ConfigOption<Double> CPU_CORES =
            ConfigOption.of(
                    Option.decimal("taskmanager.cpu.cores")
                            .withoutEffect("yarn.worker.vcores says it."));

    public static final ConfigOption<MemorySize> TOTAL_PROCESS_MEMORY =
            ConfigOption.of(Option.memory("taskmanager.memory.process.size").withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> TOTAL_FLINK_MEMORY =
            ConfigOption.of(Option.memory("taskmanager.memory.flink.size").withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> FRAMEWORK_HEAP_MEMORY =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.framework.heap.size")
                            .defaultTo(MemorySize.parse("128 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> FRAMEWORK_OFF_HEAP_MEMORY =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.framework.off-heap.size")
                            .defaultTo(MemorySize.parse("128 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> TASK_HEAP_MEMORY =
            ConfigOption.of(Option.memory("taskmanager.memory.task.heap.size").withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> TASK_OFF_HEAP_MEMORY =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.task.off-heap.size")
                            .defaultTo(MemorySize.parse("0 bytes"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> MANAGED_MEMORY_SIZE =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.managed.size")
                            .formerly("taskmanager.memory.size")
                            .withoutEffect(SIZE));

    public static final ConfigOption<Float> MANAGED_MEMORY_FRACTION =
            ConfigOption.of(
                    Option.floating("taskmanager.memory.managed.fraction")
                            .defaultTo(0.4f)
                            .withoutEffect(SIZE));

    public static final ConfigOption<Map<String, String>> MANAGED_MEMORY_CONSUMER_WEIGHTS =
            ConfigOption.of(
                    Option.map("taskmanager.memory.managed.consumer-weights")
                            .defaultTo(
                                    Map.of("OPERATOR", "70", "STATE_BACKEND", "70", "PYTHON", "30"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> NETWORK_MEMORY_MIN =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.network.min")
                            .formerly("taskmanager.network.memory.min")
                            .defaultTo(MemorySize.parse("64 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> NETWORK_MEMORY_MAX =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.network.max")
                            .formerly("taskmanager.network.memory.max")
                            .defaultTo(MemorySize.parse("9223372036854775807 bytes"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<Float> NETWORK_MEMORY_FRACTION =
            ConfigOption.of(
                    Option.floating("taskmanager.memory.network.fraction")
                            .formerly("taskmanager.network.memory.fraction")
                            .defaultTo(0.1f)
                            .withoutEffect(SIZE));

    public static final ConfigOption<Duration> BUFFER_DEBLOAT_PERIOD =
            ConfigOption.of(
                    Option.duration("taskmanager.network.memory.buffer-debloat.period")
                            .defaultTo(Duration.parse("PT0.2S"))
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> BUFFER_DEBLOAT_SAMPLES =
            ConfigOption.of(
                    Option.integer("taskmanager.network.memory.buffer-debloat.samples")
                            .defaultTo(20)
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Duration> BUFFER_DEBLOAT_TARGET =
            ConfigOption.of(
                    Option.duration("taskmanager.network.memory.buffer-debloat.target")
                            .defaultTo(Duration.parse("PT1S"))
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Boolean> BUFFER_DEBLOAT_ENABLED =
            ConfigOption.of(
                    Option.bool("taskmanager.network.memory.buffer-debloat.enabled")
                            .defaultTo(false)
                            .withoutEffect(QUEUES));

    public static final ConfigOption<Integer> BUFFER_DEBLOAT_THRESHOLD_PERCENTAGES =
            ConfigOption.of(
                    Option.integer(
                                    "taskmanager.network.memory.buffer-debloat.threshold-percentages")
                            .defaultTo(25)
                            .withoutEffect(QUEUES));

    public static final ConfigOption<MemorySize> NETWORK_BATCH_SHUFFLE_READ_MEMORY =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.framework.off-heap.batch-shuffle.size")
                            .defaultTo(MemorySize.parse("64 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> JVM_METASPACE =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.jvm-metaspace.size")
                            .defaultTo(MemorySize.parse("256 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> JVM_OVERHEAD_MIN =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.jvm-overhead.min")
                            .defaultTo(MemorySize.parse("192 mb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<MemorySize> JVM_OVERHEAD_MAX =
            ConfigOption.of(
                    Option.memory("taskmanager.memory.jvm-overhead.max")
                            .defaultTo(MemorySize.parse("1 gb"))
                            .withoutEffect(SIZE));

    public static final ConfigOption<Float> JVM_OVERHEAD_FRACTION =
            ConfigOption.of(
                    Option.floating("taskmanager.memory.jvm-overhead.fraction")
                            .defaultTo(0.1f)
                            .withoutEffect(SIZE));

    public static final ConfigOption<Duration> TASK_CANCELLATION_INTERVAL =
            ConfigOption.of(
                    Option.duration("task.cancellation.interval")
                            .formerly("task.cancellation-interval")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(CANCELLATION));

    public static final ConfigOption<Duration> TASK_CANCELLATION_TIMEOUT =
            ConfigOption.of(
                    Option.duration("task.cancellation.timeout")
                            .defaultTo(Duration.parse("PT3M"))
                            .withoutEffect(CANCELLATION));

    public static final ConfigOption<Duration> TASK_CANCELLATION_TIMEOUT_TIMERS =
            ConfigOption.of(
                    Option.duration("task.cancellation.timers.timeout")
                            .formerly("timerservice.exceptional.shutdown.timeout")
                            .defaultTo(Duration.parse("PT7.5S"))
                            .withoutEffect(CANCELLATION));

    public static final ConfigOption<SystemOutMode> TASK_MANAGER_SYSTEM_OUT_MODE =
            ConfigOption.of(
                    Option.choice("taskmanager.system-out.mode", SystemOutMode.class)
                            .defaultTo(SystemOutMode.DEFAULT)
                            .withoutEffect(OUTPUT));

    public static final ConfigOption<Boolean> TASK_MANAGER_SYSTEM_OUT_LOG_THREAD_NAME =
            ConfigOption.of(
                    Option.bool("taskmanager.system-out.log.thread-name.enabled")
                            .defaultTo(false)
                            .withoutEffect(OUTPUT));

    public static final ConfigOption<MemorySize> TASK_MANAGER_SYSTEM_OUT_LOG_CACHE_SIZE =
            ConfigOption.of(
                    Option.memory("taskmanager.system-out.log.cache-upper-size")
                            .defaultTo(MemorySize.parse("100 kb"))
                            .withoutEffect(OUTPUT));

    public static final ConfigOption<TaskManagerLoadBalanceMode> TASK_MANAGER_LOAD_BALANCE_MODE =
            ConfigOption.of(
                    Option.choice("taskmanager.load-balance.mode", TaskManagerLoadBalanceMode.class)
                            .defaultTo(TaskManagerLoadBalanceMode.NONE)
                            .withoutEffect("the engine spreads tasks over workers."));

    public static final ConfigOption<String> TASK_MANAGER_LOG_PATH =
            ConfigOption.of(
                    Option.string("taskmanager.log.path")
                            .withoutEffect("YARN keeps the logs of workers."));

    public static final ConfigOption<Duration> FS_STREAM_OPENING_TIME_OUT =
            ConfigOption.of(
                    Option.duration("taskmanager.runtime.fs-timeout")
                            .formerly("taskmanager.runtime.fs_timeout")
                            .defaultTo(Duration.parse("PT0S"))
                            .withoutEffect("file systems have time limits of their own."));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Boolean> EXIT_ON_FATAL_AKKA_ERROR =
            ConfigOption.of(
                    Option.bool("taskmanager.exit-on-fatal-akka-error")
                            .defaultTo(false)
                            .withoutEffect("there is no Akka."));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Duration> INITIAL_REGISTRATION_BACKOFF =
            ConfigOption.of(
                    Option.duration("taskmanager.registration.initial-backoff")
                            .defaultTo(Duration.parse("PT0.5S"))
                            .withoutEffect(REGISTRATION));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Duration> REFUSED_REGISTRATION_BACKOFF =
            ConfigOption.of(
                    Option.duration("taskmanager.registration.refused-backoff")
                            .defaultTo(Duration.parse("PT10S"))
                            .withoutEffect(REGISTRATION));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Duration> REGISTRATION_MAX_BACKOFF =
            ConfigOption.of(
                    Option.duration("taskmanager.registration.max-backoff")
                            .defaultTo(Duration.parse("PT30S"))
                            .withoutEffect(REGISTRATION));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<MemorySize> TASK_MANAGER_HEAP_MEMORY =
            ConfigOption.of(Option.memory("taskmanager.heap.size").withoutEffect(SIZE));

    /**
     * Without effect.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> TASK_MANAGER_HEAP_MEMORY_MB =
            ConfigOption.of(Option.integer("taskmanager.heap.mb").withoutEffect(SIZE));

    /** What becomes of what functions print. */
    public enum SystemOutMode {
        DEFAULT,
        LOG,
        IGNORE
    }

    /** How tasks are spread over workers. */
    public enum TaskManagerLoadBalanceMode {
        NONE,
        SLOTS,
        TASKS,
        MIN_RESOURCES;

        /** What is configured; the option says that it has no effect. */
        public static TaskManagerLoadBalanceMode loadFromConfiguration(
                Configuration configuration) {
            return configuration.get(TASK_MANAGER_LOAD_BALANCE_MODE);
        }
    }
}
