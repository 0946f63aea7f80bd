package io.millrace.coordinator.speculate;

import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import java.util.List;

/**
 * What a job says about second attempts for slow tasks. Immutable.
 *
 * @param maxAttempts of a subtask at a time, the first one included; at least 2
 * @param blockNodeMs how long the node of a slow task gets nothing new; 0 for not at all
 * @param lowerBoundMs no task is slow before
 * @param baselineMultiplier of the median of the finished tasks
 * @param baselineRatio of a stage's tasks that must have finished
 */
public record SpeculationSettings(
        boolean enabled,
        int maxAttempts,
        long blockNodeMs,
        long checkIntervalMs,
        long lowerBoundMs,
        double baselineMultiplier,
        double baselineRatio) {

    /**
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION}
     */
    public static SpeculationSettings from(Config config) {
        return new SpeculationSettings(
                config.get(SpeculationOptions.ENABLED),
                config.get(SpeculationOptions.MAX_ATTEMPTS),
                config.get(SpeculationOptions.BLOCK_NODE).toMillis(),
                config.get(SpeculationOptions.CHECK_INTERVAL).toMillis(),
                config.get(SpeculationOptions.LOWER_BOUND).toMillis(),
                config.get(SpeculationOptions.MULTIPLIER),
                config.get(SpeculationOptions.RATIO));
    }

    /** Every option that this reads. */
    public static List<Option<?>> options() {
        return SpeculationOptions.ALL;
    }
}
