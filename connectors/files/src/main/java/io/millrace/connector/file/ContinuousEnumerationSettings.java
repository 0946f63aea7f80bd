package io.millrace.connector.file;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a source watches its paths. Immutable.
 *
 * @param discoveryInterval between two looks, at least a millisecond
 */
public record ContinuousEnumerationSettings(Duration discoveryInterval) implements Serializable {
    public ContinuousEnumerationSettings {
        if (discoveryInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "Paths are looked at every millisecond at most, not every "
                            + discoveryInterval
                            + ".");
        }
    }

    public Duration getDiscoveryInterval() {
        return discoveryInterval;
    }
}
