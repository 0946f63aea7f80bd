package io.millrace.api.option;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.CheckpointingMode;
import io.millrace.api.checkpoint.ExternalizedCheckpointRetention;
import io.millrace.api.checkpoint.IdleOptions;
import java.time.Duration;

/**
 * How a job is checkpointed, by the older names.
 *
 * @deprecated use {@link CheckpointingOptions}
 */
@Deprecated
public class ExecutionCheckpointingOptions {
    public static final ConfigOption<CheckpointingMode> CHECKPOINTING_MODE =
            ConfigOption.of(CheckpointOptions.MODE);

    public static final ConfigOption<Duration> CHECKPOINTING_TIMEOUT =
            ConfigOption.of(CheckpointOptions.TIMEOUT);

    public static final ConfigOption<Integer> MAX_CONCURRENT_CHECKPOINTS =
            ConfigOption.of(CheckpointOptions.MAX_CONCURRENT);

    public static final ConfigOption<Duration> MIN_PAUSE_BETWEEN_CHECKPOINTS =
            ConfigOption.of(CheckpointOptions.MIN_PAUSE);

    public static final ConfigOption<Integer> TOLERABLE_FAILURE_NUMBER =
            ConfigOption.of(CheckpointOptions.TOLERABLE_FAILURES);

    public static final ConfigOption<ExternalizedCheckpointRetention> EXTERNALIZED_CHECKPOINT =
            ConfigOption.of(CheckpointOptions.RETENTION);

    public static final ConfigOption<Duration> CHECKPOINTING_INTERVAL_DURING_BACKLOG =
            ConfigOption.of(CheckpointOptions.INTERVAL_DURING_BACKLOG);

    public static final ConfigOption<Duration> CHECKPOINTING_INTERVAL =
            ConfigOption.of(CheckpointOptions.INTERVAL);

    public static final ConfigOption<Boolean> ENABLE_UNALIGNED =
            ConfigOption.of(CheckpointOptions.UNALIGNED);

    public static final ConfigOption<Duration> ALIGNED_CHECKPOINT_TIMEOUT =
            ConfigOption.of(CheckpointOptions.ALIGNMENT_TIMEOUT);

    /** The older name of {@link #ALIGNED_CHECKPOINT_TIMEOUT}. */
    public static final ConfigOption<Duration> ALIGNMENT_TIMEOUT = ALIGNED_CHECKPOINT_TIMEOUT;

    public static final ConfigOption<CheckpointingMode> CHECKPOINTING_CONSISTENCY_MODE =
            CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE;

    public static final ConfigOption<ExternalizedCheckpointRetention>
            EXTERNALIZED_CHECKPOINT_RETENTION =
                    CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION;

    public static final ConfigOption<Boolean> FORCE_UNALIGNED =
            ConfigOption.of(CheckpointOptions.UNALIGNED_FORCED);

    public static final ConfigOption<Long> CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA =
            ConfigOption.of(CheckpointOptions.IGNORED_IN_FLIGHT_DATA);

    public static final ConfigOption<Boolean> ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH =
            ConfigOption.of(CheckpointOptions.AFTER_TASKS_FINISH);

    /** Without effect. */
    public static final ConfigOption<Integer> UNALIGNED_MAX_SUBTASKS_PER_CHANNEL_STATE_FILE =
            ConfigOption.of(IdleOptions.CHANNEL_FILE_SUBTASKS);

    /** Without effect. */
    public static final ConfigOption<Boolean> ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS =
            ConfigOption.of(IdleOptions.INTERRUPTIBLE_TIMERS);

    /** Without effect. */
    public static final ConfigOption<Boolean> APPROXIMATE_LOCAL_RECOVERY =
            ConfigOption.of(IdleOptions.APPROXIMATE_RECOVERY);
}
