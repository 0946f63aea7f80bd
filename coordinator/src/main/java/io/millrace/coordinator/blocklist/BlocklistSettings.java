package io.millrace.coordinator.blocklist;

import io.millrace.api.option.Config;
import io.millrace.api.option.Option;
import java.util.List;

/**
 * When a node is blocked, and for how long. Immutable.
 *
 * @param enabled whether nodes are blocked at all
 * @param failures within the window that block a node, at least 1
 * @param windowMs how long a failure is remembered
 * @param durationMs of a block for failures
 */
public record BlocklistSettings(boolean enabled, int failures, long windowMs, long durationMs) {
    /**
     * @throws io.millrace.api.error.MillraceException {@code INVALID_OPTION}
     */
    public static BlocklistSettings from(Config config) {
        return new BlocklistSettings(
                config.get(BlocklistOptions.ENABLED),
                config.get(BlocklistOptions.FAILURES),
                config.get(BlocklistOptions.WINDOW).toMillis(),
                config.get(BlocklistOptions.DURATION).toMillis());
    }

    /** Every option that this reads. */
    public static List<Option<?>> options() {
        return BlocklistOptions.ALL;
    }
}
