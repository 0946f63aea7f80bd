package io.millrace.api.option;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.CheckpointingMode;
import io.millrace.api.checkpoint.ExternalizedCheckpointRetention;
import io.millrace.api.checkpoint.IdleOptions;
import java.time.Duration;

/**
 * How a job is checkpointed, as keys for {@link Configuration}. Each key's description says what it
 * does, or why it does nothing: {@code millrace options} prints them.
 */
public class CheckpointingOptions {
    /**
     * @deprecated use {@link StateBackendOptions#STATE_BACKEND}
     */
    @Deprecated
    public static final ConfigOption<String> STATE_BACKEND =
            ConfigOption.of(CheckpointOptions.STATE_BACKEND);

    public static final ConfigOption<String> CHECKPOINT_STORAGE =
            ConfigOption.of(CheckpointOptions.STORAGE);

    public static final ConfigOption<Integer> MAX_RETAINED_CHECKPOINTS =
            ConfigOption.of(CheckpointOptions.RETAINED);

    /** Without effect. */
    public static final ConfigOption<Boolean> CLEANER_PARALLEL_MODE =
            ConfigOption.of(IdleOptions.PARALLEL_CLEANER);

    /**
     * Without effect.
     *
     * @deprecated state is always written while the job goes on
     */
    @Deprecated
    public static final ConfigOption<Boolean> ASYNC_SNAPSHOTS =
            ConfigOption.of(IdleOptions.ASYNC_SNAPSHOTS);

    public static final ConfigOption<Boolean> INCREMENTAL_CHECKPOINTS =
            ConfigOption.of(CheckpointOptions.INCREMENTAL);

    /**
     * @deprecated use {@link StateRecoveryOptions#LOCAL_RECOVERY}
     */
    @Deprecated
    public static final ConfigOption<Boolean> LOCAL_RECOVERY =
            ConfigOption.of(CheckpointOptions.LOCAL_RECOVERY);

    /** Without effect. */
    public static final ConfigOption<String> LOCAL_RECOVERY_TASK_MANAGER_STATE_ROOT_DIRS =
            ConfigOption.of(IdleOptions.LOCAL_BACKUP_DIRECTORIES);

    public static final ConfigOption<String> SAVEPOINT_DIRECTORY =
            ConfigOption.of(CheckpointOptions.SAVEPOINT_DIRECTORY);

    public static final ConfigOption<String> CHECKPOINTS_DIRECTORY =
            ConfigOption.of(CheckpointOptions.DIRECTORY);

    /** Without effect. */
    public static final ConfigOption<Boolean> CREATE_CHECKPOINT_SUB_DIR =
            ConfigOption.of(IdleOptions.CREATE_SUBDIRECTORY);

    public static final ConfigOption<MemorySize> FS_SMALL_FILE_THRESHOLD =
            ConfigOption.of(CheckpointOptions.INLINE_THRESHOLD);

    /** Without effect. */
    public static final ConfigOption<Integer> FS_WRITE_BUFFER_SIZE =
            ConfigOption.of(IdleOptions.WRITE_BUFFER);

    /** Without effect. */
    public static final ConfigOption<Boolean> LOCAL_BACKUP_ENABLED =
            ConfigOption.of(IdleOptions.LOCAL_BACKUP);

    /** Without effect. */
    public static final ConfigOption<Boolean> FILE_MERGING_ENABLED =
            ConfigOption.of(IdleOptions.MERGING);

    /** Without effect. */
    public static final ConfigOption<Boolean> FILE_MERGING_ACROSS_BOUNDARY =
            ConfigOption.of(IdleOptions.MERGING_ACROSS);

    /** Without effect. */
    public static final ConfigOption<MemorySize> FILE_MERGING_MAX_FILE_SIZE =
            ConfigOption.of(IdleOptions.MERGING_FILE_SIZE);

    /** Without effect. */
    public static final ConfigOption<Boolean> FILE_MERGING_POOL_BLOCKING =
            ConfigOption.of(IdleOptions.MERGING_BLOCKING);

    /** Without effect. */
    public static final ConfigOption<Integer> FILE_MERGING_MAX_SUBTASKS_PER_FILE =
            ConfigOption.of(IdleOptions.MERGING_SUBTASKS);

    /** Without effect. */
    public static final ConfigOption<Float> FILE_MERGING_MAX_SPACE_AMPLIFICATION =
            ConfigOption.of(IdleOptions.MERGING_AMPLIFICATION);

    public static final ConfigOption<CheckpointingMode> CHECKPOINTING_CONSISTENCY_MODE =
            ConfigOption.of(CheckpointOptions.MODE);

    public static final ConfigOption<Duration> CHECKPOINTING_TIMEOUT =
            ConfigOption.of(CheckpointOptions.TIMEOUT);

    public static final ConfigOption<Integer> MAX_CONCURRENT_CHECKPOINTS =
            ConfigOption.of(CheckpointOptions.MAX_CONCURRENT);

    public static final ConfigOption<Duration> MIN_PAUSE_BETWEEN_CHECKPOINTS =
            ConfigOption.of(CheckpointOptions.MIN_PAUSE);

    public static final ConfigOption<Integer> TOLERABLE_FAILURE_NUMBER =
            ConfigOption.of(CheckpointOptions.TOLERABLE_FAILURES);

    public static final ConfigOption<ExternalizedCheckpointRetention>
            EXTERNALIZED_CHECKPOINT_RETENTION = ConfigOption.of(CheckpointOptions.RETENTION);

    public static final ConfigOption<Duration> CHECKPOINTING_INTERVAL_DURING_BACKLOG =
            ConfigOption.of(CheckpointOptions.INTERVAL_DURING_BACKLOG);

    public static final ConfigOption<Duration> CHECKPOINTING_INTERVAL =
            ConfigOption.of(CheckpointOptions.INTERVAL);

    public static final ConfigOption<Boolean> ENABLE_UNALIGNED =
            ConfigOption.of(CheckpointOptions.UNALIGNED);

    public static final ConfigOption<Duration> ALIGNED_CHECKPOINT_TIMEOUT =
            ConfigOption.of(CheckpointOptions.ALIGNMENT_TIMEOUT);

    public static final ConfigOption<Boolean> FORCE_UNALIGNED =
            ConfigOption.of(CheckpointOptions.UNALIGNED_FORCED);

    /** Without effect. */
    public static final ConfigOption<Boolean> ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS =
            ConfigOption.of(IdleOptions.INTERRUPTIBLE_TIMERS);

    public static final ConfigOption<Boolean> ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH =
            ConfigOption.of(CheckpointOptions.AFTER_TASKS_FINISH);

    /** Without effect. */
    public static final ConfigOption<Integer> UNALIGNED_MAX_SUBTASKS_PER_CHANNEL_STATE_FILE =
            ConfigOption.of(IdleOptions.CHANNEL_FILE_SUBTASKS);

    /** Without effect. */
    public static final ConfigOption<Boolean> PAUSE_SOURCES_UNTIL_FIRST_CHECKPOINT =
            ConfigOption.of(IdleOptions.PAUSE_SOURCES);

    /** Without effect. */
    public static final ConfigOption<Boolean> UNALIGNED_RECOVER_OUTPUT_ON_DOWNSTREAM =
            ConfigOption.of(IdleOptions.RECOVER_OUTPUT);

    /** Without effect. */
    public static final ConfigOption<Boolean> CHECKPOINTING_DURING_RECOVERY_ENABLED =
            ConfigOption.of(IdleOptions.DURING_RECOVERY);
}
