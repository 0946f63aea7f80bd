package io.millrace.runtime.task;

import io.millrace.api.option.Config;
import io.millrace.runtime.metrics.MetricsSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a worker runs its tasks. Immutable.
 *
 * @param threads what gives tasks their turns
 * @param loops number of work loops, at least 1
 * @param turnLimit a longer turn gets a thread of its own
 * @param cancelGrace until a cancelled task's thread is interrupted
 * @param cancelTimeout until a cancelled task ends the process
 * @param spillDirectory tasks make directories of their own in it
 * @param metrics the reporters that are told of the tasks' metrics
 */
public record TaskSettings(
        ThreadChoice threads,
        int loops,
        Duration turnLimit,
        Duration cancelGrace,
        Duration cancelTimeout,
        Path spillDirectory,
        MetricsSettings metrics) {

    public static TaskSettings from(Config config) {
        return new TaskSettings(
                config.get(TaskOptions.THREADS),
                config.find(TaskOptions.LOOPS)
                        .orElseGet(() -> Runtime.getRuntime().availableProcessors()),
                config.get(TaskOptions.TURN_LIMIT),
                config.get(TaskOptions.CANCEL_GRACE),
                config.get(TaskOptions.CANCEL_TIMEOUT),
                Path.of(
                        config.find(TaskOptions.SPILL_DIRECTORY)
                                .orElseGet(() -> System.getProperty("java.io.tmpdir"))),
                MetricsSettings.from(config));
    }

    public TaskSettings withLoops(int number) {
        return new TaskSettings(
                threads, number, turnLimit, cancelGrace, cancelTimeout, spillDirectory, metrics);
    }
}
