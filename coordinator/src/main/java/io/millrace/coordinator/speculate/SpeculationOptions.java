package io.millrace.coordinator.speculate;

import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/** Options of second attempts for slow tasks. Only {@link SpeculationSettings} reads them. */
final class SpeculationOptions {
    private static final String BATCH = "execution.batch.speculative.";
    private static final String DETECTOR = "slow-task-detector.";
    private static final String TIME = DETECTOR + "execution-time.";

    static final Option<Boolean> ENABLED =
            Option.bool(BATCH + "enabled")
                    .defaultTo(false)
                    .describe(
                            "Whether a task of a batch job that is much slower than the others of"
                                    + " its stage is tried again on another worker while it runs on;"
                                    + " the first attempt to finish counts. Only for programs whose"
                                    + " functions two attempts may call at the same time.");

    static final Option<Integer> MAX_ATTEMPTS =
            Option.integer(BATCH + "max-concurrent-executions")
                    .defaultTo(2)
                    .between(2, 16)
                    .describe(
                            "Attempts of one subtask that may run at a time, the first included.");

    static final Option<Duration> BLOCK_NODE =
            Option.duration(BATCH + "block-slow-node-duration")
                    .defaultTo(Duration.ofMinutes(1))
                    .between(Duration.ZERO, Duration.ofDays(1))
                    .describe(
                            "How long the node of a slow task gets no new tasks and workers. 0: it"
                                    + " goes on as before.");

    static final Option<Duration> CHECK_INTERVAL =
            Option.duration(DETECTOR + "check-interval")
                    .defaultTo(Duration.ofSeconds(1))
                    .between(Duration.ofMillis(10), Duration.ofHours(1))
                    .describe("How often slow tasks are looked for.");

    static final Option<Duration> LOWER_BOUND =
            Option.duration(TIME + "baseline-lower-bound")
                    .defaultTo(Duration.ofMinutes(1))
                    .between(Duration.ZERO, Duration.ofDays(1))
                    .describe("A task that has run for less than this is never slow.");

    static final Option<Double> MULTIPLIER =
            Option.decimal(TIME + "baseline-multiplier")
                    .defaultTo(1.5)
                    .between(1.0, 1_000.0)
                    .describe(
                            "A task is slow when it has run for so many times the median duration of"
                                    + " the finished tasks of its stage.");

    static final Option<Double> RATIO =
            Option.decimal(TIME + "baseline-ratio")
                    .defaultTo(0.75)
                    .between(0.0, 1.0)
                    .describe(
                            "The part of a stage's tasks that must have finished before any of them"
                                    + " is slow.");

    static final List<Option<?>> ALL =
            List.of(
                    ENABLED,
                    MAX_ATTEMPTS,
                    BLOCK_NODE,
                    CHECK_INTERVAL,
                    LOWER_BOUND,
                    MULTIPLIER,
                    RATIO);

    private SpeculationOptions() {}
}
