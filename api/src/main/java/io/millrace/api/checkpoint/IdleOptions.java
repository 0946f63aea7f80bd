package io.millrace.api.checkpoint;

import io.millrace.api.option.MemorySize;
import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/**
 * Options that have no effect, each with the reason: they are known, so that a configuration from
 * elsewhere can be used as it is.
 */
public final class IdleOptions {
    public static final Option<Boolean> CREATE_SUBDIRECTORY =
            Option.bool("execution.checkpointing.create-subdir")
                    .formerly("state.checkpoints.create-subdir")
                    .defaultTo(true)
                    .withoutEffect("each job has a directory of its own.");

    public static final Option<Boolean> PARALLEL_CLEANER =
            Option.bool("execution.checkpointing.cleaner.parallel-mode")
                    .formerly("state.checkpoint.cleaner.parallel-mode")
                    .defaultTo(true)
                    .withoutEffect("a checkpoint is one file per worker, soon deleted.");

    public static final Option<Integer> WRITE_BUFFER =
            Option.integer("execution.checkpointing.write-buffer-size")
                    .formerly(
                            "state.storage.fs.write-buffer-size",
                            "state.backend.fs.write-buffer-size")
                    .defaultTo(4_096)
                    .withoutEffect("the engine sizes its buffers itself.");

    public static final Option<Boolean> ASYNC_SNAPSHOTS =
            Option.bool("state.backend.async")
                    .defaultTo(true)
                    .withoutEffect("state is always written while the job goes on.");

    public static final Option<Boolean> MERGING =
            Option.bool("execution.checkpointing.file-merging.enabled")
                    .defaultTo(false)
                    .withoutEffect("all tasks of a worker always share one file.");

    public static final Option<Boolean> MERGING_ACROSS =
            Option.bool("execution.checkpointing.file-merging.across-checkpoint-boundary")
                    .defaultTo(false)
                    .withoutEffect("a file belongs to one checkpoint, and others name it.");

    public static final Option<MemorySize> MERGING_FILE_SIZE =
            Option.memory("execution.checkpointing.file-merging.max-file-size")
                    .defaultTo(MemorySize.parse("32 mb"))
                    .withoutEffect("all tasks of a worker always share one file.");

    public static final Option<Boolean> MERGING_BLOCKING =
            Option.bool("execution.checkpointing.file-merging.pool-blocking")
                    .defaultTo(false)
                    .withoutEffect("all tasks of a worker always share one file.");

    public static final Option<Integer> MERGING_SUBTASKS =
            Option.integer("execution.checkpointing.file-merging.max-subtasks-per-file")
                    .defaultTo(4)
                    .withoutEffect("all tasks of a worker always share one file.");

    public static final Option<Float> MERGING_AMPLIFICATION =
            Option.floating("execution.checkpointing.file-merging.max-space-amplification")
                    .defaultTo(2f)
                    .withoutEffect("all tasks of a worker always share one file.");

    public static final Option<Integer> CHANNEL_FILE_SUBTASKS =
            Option.integer("execution.checkpointing.unaligned.max-subtasks-per-channel-state-file")
                    .defaultTo(5)
                    .withoutEffect("all tasks of a worker always share one file.");

    public static final Option<Boolean> INTERRUPTIBLE_TIMERS =
            Option.bool("execution.checkpointing.unaligned.interruptible-timers.enabled")
                    .defaultTo(false)
                    .withoutEffect("timers fire in turns, and a barrier waits for one turn.");

    public static final Option<Boolean> RECOVER_OUTPUT =
            Option.bool("execution.checkpointing.unaligned.recover-output-on-downstream.enabled")
                    .defaultTo(false)
                    .withoutEffect("only the reading side keeps records of a channel.");

    public static final Option<Boolean> DURING_RECOVERY =
            Option.bool("execution.checkpointing.during-recovery.enabled")
                    .defaultTo(false)
                    .withoutEffect("a task takes checkpoints from its first turn on.");

    public static final Option<Boolean> PAUSE_SOURCES =
            Option.bool("pipeline.sources.pause-until-first-checkpoint")
                    .defaultTo(false)
                    .withoutEffect("sources begin at once.");

    public static final Option<Boolean> APPROXIMATE_RECOVERY =
            Option.bool("execution.state-recovery.approximate-local-recovery")
                    .formerly("execution.checkpointing.approximate-local-recovery")
                    .defaultTo(false)
                    .withoutEffect("a region restarts whole, so nothing is lost.");

    public static final Option<Boolean> LOCAL_BACKUP =
            Option.bool("execution.checkpointing.local-backup.enabled")
                    .defaultTo(false)
                    .withoutEffect("what a worker still has is used as it is.");

    public static final Option<String> LOCAL_BACKUP_DIRECTORIES =
            Option.string("execution.checkpointing.local-backup.dirs")
                    .formerly("taskmanager.state.local.root-dirs")
                    .withoutEffect("local state lies in the worker's own directories.");

    public static final Option<Boolean> LATENCY_TRACKING =
            Option.bool("state.latency-track.keyed-state-enabled")
                    .formerly("state.backend.latency-track.keyed-state-enabled")
                    .defaultTo(false)
                    .withoutEffect(
                            "a call that takes longer than its measurement is not measured.");

    public static final Option<Integer> LATENCY_SAMPLES =
            Option.integer("state.latency-track.sample-interval")
                    .formerly("state.backend.latency-track.sample-interval")
                    .defaultTo(100)
                    .withoutEffect("see state.latency-track.keyed-state-enabled.");

    public static final Option<Integer> LATENCY_HISTORY =
            Option.integer("state.latency-track.history-size")
                    .formerly("state.backend.latency-track.history-size")
                    .defaultTo(128)
                    .withoutEffect("see state.latency-track.keyed-state-enabled.");

    public static final Option<Boolean> LATENCY_BY_STATE =
            Option.bool("state.latency-track.state-name-as-variable")
                    .formerly("state.backend.latency-track.state-name-as-variable")
                    .defaultTo(true)
                    .withoutEffect("see state.latency-track.keyed-state-enabled.");

    public static final Option<Boolean> CHANGELOG =
            Option.bool("state.changelog.enabled")
                    .formerly("state.backend.changelog.enabled")
                    .defaultTo(false)
                    .withoutEffect("checkpoints are incremental already.");

    public static final Option<String> CHANGELOG_STORAGE =
            Option.string("state.changelog.storage")
                    .formerly("state.backend.changelog.storage")
                    .withoutEffect("see state.changelog.enabled.");

    public static final Option<Duration> CHANGELOG_INTERVAL =
            Option.duration("state.changelog.periodic-materialize.interval")
                    .formerly("state.backend.changelog.periodic-materialize.interval")
                    .withoutEffect("see state.changelog.enabled.");

    public static final Option<Integer> ASYNC_TOTAL_BUFFER =
            Option.integer("execution.async-state.total-buffer-size")
                    .formerly("execution.async-state.in-flight-records-limit")
                    .defaultTo(6_000)
                    .withoutEffect("state is at hand, so no record waits for it.");

    public static final Option<Integer> ASYNC_ACTIVE_BUFFER =
            Option.integer("execution.async-state.active-buffer-size")
                    .formerly("execution.async-state.buffer-size")
                    .defaultTo(1_000)
                    .withoutEffect("see execution.async-state.total-buffer-size.");

    public static final Option<Long> ASYNC_BUFFER_TIMEOUT =
            Option.longInteger("execution.async-state.active-buffer-timeout")
                    .formerly("execution.async-state.buffer-timeout")
                    .defaultTo(1_000L)
                    .withoutEffect("see execution.async-state.total-buffer-size.");

    /** In the order of the reference page. */
    public static final List<Option<?>> ALL =
            List.of(
                    CREATE_SUBDIRECTORY,
                    PARALLEL_CLEANER,
                    WRITE_BUFFER,
                    ASYNC_SNAPSHOTS,
                    MERGING,
                    MERGING_ACROSS,
                    MERGING_FILE_SIZE,
                    MERGING_BLOCKING,
                    MERGING_SUBTASKS,
                    MERGING_AMPLIFICATION,
                    CHANNEL_FILE_SUBTASKS,
                    INTERRUPTIBLE_TIMERS,
                    RECOVER_OUTPUT,
                    DURING_RECOVERY,
                    PAUSE_SOURCES,
                    APPROXIMATE_RECOVERY,
                    LOCAL_BACKUP,
                    LOCAL_BACKUP_DIRECTORIES,
                    LATENCY_TRACKING,
                    LATENCY_SAMPLES,
                    LATENCY_HISTORY,
                    LATENCY_BY_STATE,
                    CHANGELOG,
                    CHANGELOG_STORAGE,
                    CHANGELOG_INTERVAL,
                    ASYNC_TOTAL_BUFFER,
                    ASYNC_ACTIVE_BUFFER,
                    ASYNC_BUFFER_TIMEOUT);

    private IdleOptions() {}
}
