package io.millrace.worker;

import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/** Options of a worker. Only {@link WorkerSettings} reads them. */
final class WorkerOptions {
    static final Option<String> BIND_HOST =
            Option.string("worker.bind-host")
                    .defaultTo("0.0.0.0")
                    .describe(
                            "Address at which a worker serves data to other workers. The default"
                                    + " listens on every interface; a connection must prove the"
                                    + " application's secret before anything else.");

    static final Option<Integer> DATA_PORT =
            Option.integer("worker.data-port")
                    .defaultTo(0)
                    .between(0, 65_535)
                    .describe(
                            "Port at which a worker serves data; 0 takes any that is free. Name one"
                                    + " only if a firewall demands it and a host has one worker.");

    static final Option<Duration> CONNECT_TIMEOUT =
            Option.duration("worker.connect-timeout")
                    .defaultTo(Duration.ofSeconds(30))
                    .between(Duration.ofMillis(100), Duration.ofMinutes(10))
                    .describe(
                            "How long a new worker waits for its connection to the coordinator, and"
                                    + " then for the answer to its registration.");

    static final Option<Duration> SHUTDOWN_TIMEOUT =
            Option.duration("worker.shutdown-timeout")
                    .defaultTo(Duration.ofSeconds(20))
                    .between(Duration.ofMillis(100), Duration.ofMinutes(10))
                    .describe(
                            "How long a worker that ends waits for its tasks. A process whose user"
                                    + " code does not end by then is killed with exit code 23.");

    static final Option<Duration> ORPHAN_TIMEOUT =
            Option.duration("worker.orphan-timeout")
                    .defaultTo(Duration.ofMinutes(5))
                    .between(Duration.ZERO, Duration.ofHours(1))
                    .describe(
                            "How long a worker that has results of a batch job's stages keeps them"
                                    + " for the next application master when its own has died; 0 to"
                                    + " end at once.");

    static final List<Option<?>> ALL =
            List.of(BIND_HOST, DATA_PORT, CONNECT_TIMEOUT, SHUTDOWN_TIMEOUT, ORPHAN_TIMEOUT);

    private WorkerOptions() {}
}
