package io.millrace.api.option;

import io.millrace.api.checkpoint.IdleOptions;
import java.time.Duration;

/** Keys of a changelog of state, which have no effect: checkpoints are incremental already. */
public class StateChangelogOptions {
    public static final ConfigOption<Boolean> ENABLE_STATE_CHANGE_LOG =
            ConfigOption.of(IdleOptions.CHANGELOG);

    public static final ConfigOption<String> STATE_CHANGE_LOG_STORAGE =
            ConfigOption.of(IdleOptions.CHANGELOG_STORAGE);

    public static final ConfigOption<Duration> PERIODIC_MATERIALIZATION_INTERVAL =
            ConfigOption.of(IdleOptions.CHANGELOG_INTERVAL);
}
