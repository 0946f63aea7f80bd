package io.millrace.runtime.task;

import io.millrace.api.option.Option;
import java.time.Duration;

/** Options of the tasks of a worker; the coordinator reads how long a cancel may take. */
public final class TaskOptions {
    public static final Option<ThreadChoice> THREADS =
            Option.choice("task.threads", ThreadChoice.class)
                    .defaultTo(ThreadChoice.LOOPS)
                    .describe(
                            "What gives tasks their turns. 'loops': a few threads share all tasks"
                                    + " of a worker. 'dedicated': each task has a thread of its"
                                    + " own, named after it and parked while there is nothing to"
                                    + " do; slower, but plain to read in a debugger or a thread"
                                    + " dump, and fairer on a crowded host.");

    public static final Option<Integer> LOOPS =
            Option.integer("task.loops")
                    .between(1, 1024)
                    .describe(
                            "Number of work loops of a worker: threads that share its tasks."
                                    + " Without it, as many as the process has processors.");

    public static final Option<Duration> TURN_LIMIT =
            Option.duration("task.turn-limit")
                    .defaultTo(Duration.ofMillis(10))
                    .between(Duration.ofMillis(1), Duration.ofMinutes(1))
                    .describe(
                            "A task whose turn takes longer is taken to block: it gets a thread of"
                                    + " its own, and another takes its place in the loop.");

    public static final Option<Duration> CANCEL_GRACE =
            Option.duration("task.cancel-grace")
                    .defaultTo(Duration.ofSeconds(1))
                    .between(Duration.ZERO, Duration.ofMinutes(10))
                    .describe(
                            "Time that a cancelled task has to end by itself before its thread is"
                                    + " interrupted, again and again.");

    public static final Option<Duration> CANCEL_TIMEOUT =
            Option.duration("task.cancel-timeout")
                    .defaultTo(Duration.ofSeconds(180))
                    .between(Duration.ofMillis(1), Duration.ofHours(24))
                    .describe(
                            "Time after which a cancelled task that has not ended ends its whole"
                                    + " worker process, since nothing else stops it.");

    public static final Option<String> SPILL_DIRECTORY =
            Option.string("task.spill-directory")
                    .describe(
                            "Local directory for what batch operators cannot keep in memory."
                                    + " Without it, the process's temporary directory.");

    private TaskOptions() {}
}
