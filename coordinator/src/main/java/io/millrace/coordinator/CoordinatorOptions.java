package io.millrace.coordinator;

import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/** Options of the control plane. Only {@link CoordinatorSettings} reads them. */
final class CoordinatorOptions {
    static final Option<Integer> WORKER_SLOTS =
            Option.integer("worker.slots")
                    .defaultTo(1)
                    .between(1, 1_024)
                    .describe(
                            "Slots of a worker. A slot holds one subtask of each vertex of a slot"
                                    + " sharing group. As many as the worker has cores is a good"
                                    + " start.");

    static final Option<Duration> HEARTBEAT_INTERVAL =
            Option.duration("heartbeat.interval")
                    .defaultTo(Duration.ofSeconds(2))
                    .between(Duration.ofMillis(10), Duration.ofMinutes(1))
                    .describe("How often a worker tells that it lives, with its tasks' counters.");

    static final Option<Duration> HEARTBEAT_TIMEOUT =
            Option.duration("heartbeat.timeout")
                    .defaultTo(Duration.ofSeconds(20))
                    .between(Duration.ofMillis(100), Duration.ofHours(1))
                    .describe(
                            "Silence after which a worker counts as lost and is replaced. Lower: a"
                                    + " vanished host is noticed sooner. Higher: long pauses of a"
                                    + " worker's JVM are forgiven. A process that dies is noticed at"
                                    + " once in any case.");

    static final Option<Duration> WORKER_WAIT =
            Option.duration("resource.wait-timeout")
                    .defaultTo(Duration.ofMinutes(5))
                    .between(Duration.ofMillis(100), Duration.ofDays(1))
                    .describe(
                            "How long a job waits for its workers before it fails with"
                                    + " RESOURCES_NOT_GRANTED. Raise it for queues that are often"
                                    + " full.");

    static final Option<Duration> WORKER_IDLE =
            Option.duration("resource.idle-timeout")
                    .defaultTo(Duration.ofSeconds(5))
                    .between(Duration.ZERO, Duration.ofHours(1))
                    .describe(
                            "How long a worker that no job uses is kept, so that a program's next"
                                    + " job finds it.");

    static final Option<Duration> BATCH_IDLE =
            Option.duration("resource.batch-idle-timeout")
                    .defaultTo(Duration.ofSeconds(1))
                    .between(Duration.ZERO, Duration.ofHours(1))
                    .describe(
                            "The same while batch jobs run that need no more workers than they"
                                    + " use: their last stages give back what is idle. A worker is"
                                    + " kept in any case as long as it alone has results that"
                                    + " somebody will read.");

    static final Option<Integer> COMMIT_ATTEMPTS =
            Option.integer("commit.attempts")
                    .defaultTo(10)
                    .between(1, 1_000)
                    .describe(
                            "How often a commit is tried before the job fails with COMMIT_FAILED.");

    static final Option<Duration> COMMIT_RETRY_DELAY =
            Option.duration("commit.retry-delay")
                    .defaultTo(Duration.ofSeconds(1))
                    .between(Duration.ZERO, Duration.ofMinutes(10))
                    .describe(
                            "Pause before a commit is tried again; doubles with each failure, up to"
                                    + " 32 times as long.");

    static final Option<Boolean> STAGES_RECOVER =
            Option.bool("execution.batch.job-recovery.enabled")
                    .defaultTo(true)
                    .describe(
                            "Whether a batch job goes on from its finished stages when the"
                                    + " application master has died; else it begins anew.");

    static final Option<Duration> WORKER_RETURN =
            Option.duration("execution.batch.job-recovery.previous-worker.recovery.timeout")
                    .defaultTo(Duration.ofSeconds(30))
                    .between(Duration.ZERO, Duration.ofHours(1))
                    .describe(
                            "How long a new application master waits for the workers that have"
                                    + " results of finished stages. What a worker had that does not"
                                    + " come is written again.");

    static final List<Option<?>> ALL =
            List.of(
                    WORKER_SLOTS,
                    HEARTBEAT_INTERVAL,
                    HEARTBEAT_TIMEOUT,
                    WORKER_WAIT,
                    WORKER_IDLE,
                    BATCH_IDLE,
                    COMMIT_ATTEMPTS,
                    COMMIT_RETRY_DELAY,
                    STAGES_RECOVER,
                    WORKER_RETURN);

    private CoordinatorOptions() {}
}
