package io.millrace.worker;

import io.millrace.api.option.Config;
import io.millrace.runtime.exchange.remote.RemoteExchangeSettings;
import io.millrace.runtime.task.TaskSettings;
import java.time.Duration;

/** The options of a worker and of the rooms in it, resolved. Immutable. */
public record WorkerSettings(
        String bindHost,
        int dataPort,
        Duration connectTimeout,
        Duration shutdownTimeout,
        Duration orphanTimeout,
        RemoteExchangeSettings exchange,
        TaskSettings tasks) {

    public static WorkerSettings from(Config config) {
        return new WorkerSettings(
                config.get(WorkerOptions.BIND_HOST),
                config.get(WorkerOptions.DATA_PORT),
                config.get(WorkerOptions.CONNECT_TIMEOUT),
                config.get(WorkerOptions.SHUTDOWN_TIMEOUT),
                config.get(WorkerOptions.ORPHAN_TIMEOUT),
                RemoteExchangeSettings.from(config),
                TaskSettings.from(config));
    }
}
