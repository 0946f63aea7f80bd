package io.millrace.api.option;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.stream.BatchShuffleMode;
import io.millrace.api.stream.RuntimeExecutionMode;
import java.time.Duration;

/** How a program's job runs, as keys for {@link Configuration}. */
public final class ExecutionOptions {
    /** STREAMING, BATCH or AUTOMATIC. */
    public static final ConfigOption<RuntimeExecutionMode> RUNTIME_MODE =
            ConfigOption.of(ProgramOptions.RUNTIME_MODE);

    /** Of {@link #BUFFER_TIMEOUT}. */
    public static final long DISABLED_NETWORK_BUFFER_TIMEOUT = -1L;

    /** Of {@link #BUFFER_TIMEOUT}. */
    public static final long FLUSH_AFTER_EVERY_RECORD = 0L;

    /** Whether files of checkpoints and native savepoints are compressed. */
    public static final ConfigOption<Boolean> SNAPSHOT_COMPRESSION =
            ConfigOption.of(CheckpointOptions.SNAPSHOT_COMPRESSION);

    /** Whether a batch job runs stage by stage, or all of it at once. */
    public static final ConfigOption<BatchShuffleMode> BATCH_SHUFFLE_MODE =
            ConfigOption.of(ProgramOptions.BATCH_SHUFFLE_MODE);

    /** Without effect. */
    public static final ConfigOption<Boolean> BUFFER_TIMEOUT_ENABLED =
            ConfigOption.of(IdleProgramOptions.BUFFER_TIMEOUT_ENABLED);

    /** Without effect. */
    public static final ConfigOption<Duration> BUFFER_TIMEOUT =
            ConfigOption.of(IdleProgramOptions.BUFFER_TIMEOUT);

    /** Without effect. */
    public static final ConfigOption<MemorySize> SORT_PARTITION_MEMORY =
            ConfigOption.of(IdleProgramOptions.SORT_PARTITION_MEMORY);

    /** Without effect. */
    public static final ConfigOption<MemorySize> SORT_KEYED_PARTITION_MEMORY =
            ConfigOption.of(IdleProgramOptions.SORT_KEYED_PARTITION_MEMORY);

    /** Whether keyed operators of a batch job are given their input one key after another. */
    public static final ConfigOption<Boolean> SORT_INPUTS =
            ConfigOption.of(ProgramOptions.SORT_INPUTS);

    /** Without effect. */
    public static final ConfigOption<MemorySize> SORTED_INPUTS_MEMORY =
            ConfigOption.of(IdleProgramOptions.SORTED_INPUTS_MEMORY);

    /** Whether those operators have the state of one key at a time, and forget it. */
    public static final ConfigOption<Boolean> USE_BATCH_STATE_BACKEND =
            ConfigOption.of(ProgramOptions.BATCH_STATE_BACKEND);

    /** Without effect. */
    public static final ConfigOption<Integer> ASYNC_INFLIGHT_RECORDS_LIMIT =
            ConfigOption.of(IdleProgramOptions.ASYNC_INFLIGHT_RECORDS_LIMIT);

    /** Without effect. */
    public static final ConfigOption<Integer> ASYNC_STATE_BUFFER_SIZE =
            ConfigOption.of(IdleProgramOptions.ASYNC_STATE_BUFFER_SIZE);

    /** Without effect. */
    public static final ConfigOption<Long> ASYNC_STATE_BUFFER_TIMEOUT =
            ConfigOption.of(IdleProgramOptions.ASYNC_STATE_BUFFER_TIMEOUT);

    /** Without effect. */
    public static final ConfigOption<Integer> ASYNC_STATE_TOTAL_BUFFER_SIZE =
            ConfigOption.of(IdleProgramOptions.ASYNC_STATE_TOTAL_BUFFER_SIZE);

    /** Without effect. */
    public static final ConfigOption<Integer> ASYNC_STATE_ACTIVE_BUFFER_SIZE =
            ASYNC_STATE_BUFFER_SIZE;

    /** Without effect. */
    public static final ConfigOption<Long> ASYNC_STATE_ACTIVE_BUFFER_TIMEOUT =
            ASYNC_STATE_BUFFER_TIMEOUT;

    private ExecutionOptions() {}
}
