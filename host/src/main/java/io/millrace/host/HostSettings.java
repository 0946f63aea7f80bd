package io.millrace.host;

import io.millrace.api.option.Config;
import io.millrace.coordinator.CoordinatorSettings;
import io.millrace.coordinator.resource.WorkerSpec;
import io.millrace.runtime.metrics.MetricsSettings;
import java.util.Objects;

/**
 * How a coordinator is hosted. Immutable.
 *
 * @param worker the size of the workers that are asked for
 * @param bindHost where workers connect; null if all workers are in this process
 * @param advertisedHost how workers reach {@code bindHost}; null if that is null
 * @param port 0 for one that the system chooses
 * @param metrics who is told of the metrics of enumerators
 */
public record HostSettings(
        CoordinatorSettings coordinator,
        WorkerSpec worker,
        String bindHost,
        String advertisedHost,
        int port,
        MetricsSettings metrics) {
    public HostSettings {
        Objects.requireNonNull(coordinator);
        Objects.requireNonNull(worker);
        Objects.requireNonNull(metrics);
        if ((bindHost == null) != (advertisedHost == null)) {
            throw new IllegalArgumentException(
                    "bind host " + bindHost + ", advertised host " + advertisedHost);
        }
    }

    /** Workers connect over the network. */
    public static HostSettings listening(
            Config config, WorkerSpec worker, String bindHost, String advertisedHost) {
        return new HostSettings(
                CoordinatorSettings.from(config),
                worker,
                bindHost,
                advertisedHost,
                0,
                MetricsSettings.from(config));
    }

    /** All workers are in this process. */
    public static HostSettings inProcess(Config config, WorkerSpec worker) {
        return new HostSettings(
                CoordinatorSettings.from(config),
                worker,
                null,
                null,
                0,
                MetricsSettings.from(config));
    }
}
