package io.millrace.api.option;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.IdleOptions;
import io.millrace.api.checkpoint.RecoveryClaimMode;

/** What a job starts from, as keys for {@link Configuration}. */
public class StateRecoveryOptions {
    public static final ConfigOption<String> SAVEPOINT_PATH =
            ConfigOption.of(CheckpointOptions.RECOVERY_PATH);

    public static final ConfigOption<Boolean> SAVEPOINT_IGNORE_UNCLAIMED_STATE =
            ConfigOption.of(CheckpointOptions.IGNORE_UNCLAIMED_STATE);

    public static final ConfigOption<RecoveryClaimMode> RESTORE_MODE =
            ConfigOption.of(CheckpointOptions.CLAIM_MODE);

    /** Without effect: a region restarts whole, so nothing is lost. */
    public static final ConfigOption<Boolean> APPROXIMATE_LOCAL_RECOVERY =
            ConfigOption.of(IdleOptions.APPROXIMATE_RECOVERY);

    public static final ConfigOption<Long> CHECKPOINT_ID_OF_IGNORED_IN_FLIGHT_DATA =
            ConfigOption.of(CheckpointOptions.IGNORED_IN_FLIGHT_DATA);

    public static final ConfigOption<Boolean> LOCAL_RECOVERY =
            ConfigOption.of(CheckpointOptions.LOCAL_RECOVERY);
}
