package io.millrace.api.option;

import io.millrace.api.checkpoint.CheckpointOptions;
import io.millrace.api.checkpoint.IdleOptions;

/** Where keyed state is, as keys for {@link Configuration}. */
public class StateBackendOptions {
    public static final ConfigOption<String> STATE_BACKEND =
            ConfigOption.of(CheckpointOptions.STATE_BACKEND);

    /**
     * Without effect: a call that takes longer than its measurement is not measured.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Boolean> LATENCY_TRACK_ENABLED =
            ConfigOption.of(IdleOptions.LATENCY_TRACKING);

    /**
     * Without effect, as {@link #LATENCY_TRACK_ENABLED}.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> LATENCY_TRACK_SAMPLE_INTERVAL =
            ConfigOption.of(IdleOptions.LATENCY_SAMPLES);

    /**
     * Without effect, as {@link #LATENCY_TRACK_ENABLED}.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Integer> LATENCY_TRACK_HISTORY_SIZE =
            ConfigOption.of(IdleOptions.LATENCY_HISTORY);

    /**
     * Without effect, as {@link #LATENCY_TRACK_ENABLED}.
     *
     * @deprecated leave it out
     */
    @Deprecated
    public static final ConfigOption<Boolean> LATENCY_TRACK_STATE_NAME_AS_VARIABLE =
            ConfigOption.of(IdleOptions.LATENCY_BY_STATE);
}
