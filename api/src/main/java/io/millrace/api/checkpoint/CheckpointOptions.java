package io.millrace.api.checkpoint;

import io.millrace.api.option.Configuration;
import io.millrace.api.option.MemorySize;
import io.millrace.api.option.Option;
import java.time.Duration;
import java.util.List;

/**
 * Options of checkpoints, state and recovery. Set by {@link CheckpointConfig} and by configuration;
 * read by the engine's settings records. The former keys are those that programs and clusters
 * elsewhere have for the same.
 */
public final class CheckpointOptions {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Duration LEAST = Duration.ofMillis(10);

    public static final Option<Duration> INTERVAL =
            Option.duration("execution.checkpointing.interval")
                    .between(Duration.ZERO, FOR_EVER)
                    .describe(
                            "Time between the starts of two checkpoints, at least 10 ms. Without it,"
                                    + " or with 0, there are no checkpoints. Shorter: less is done"
                                    + " again after a failure. Longer: less work for storage.");

    public static final Option<Duration> INTERVAL_DURING_BACKLOG =
            Option.duration("execution.checkpointing.interval-during-backlog")
                    .between(Duration.ZERO, FOR_EVER)
                    .describe(
                            "The interval while a source says that it is working off a backlog; 0"
                                    + " for no checkpoints then. Without it, the same as otherwise.");

    public static final Option<CheckpointingMode> MODE =
            Option.choice("execution.checkpointing.mode", CheckpointingMode.class)
                    .defaultTo(CheckpointingMode.EXACTLY_ONCE)
                    .describe(
                            "EXACTLY_ONCE aligns barriers; AT_LEAST_ONCE does not wait for them, and"
                                    + " some records may have their effect on state twice after a"
                                    + " failure.");

    public static final Option<Duration> TIMEOUT =
            Option.duration("execution.checkpointing.timeout")
                    .defaultTo(Duration.ofMinutes(10))
                    .between(LEAST, FOR_EVER)
                    .describe("A checkpoint that takes longer is given up.");

    public static final Option<Duration> MIN_PAUSE =
            Option.duration("execution.checkpointing.min-pause")
                    .defaultTo(Duration.ZERO)
                    .between(Duration.ZERO, FOR_EVER)
                    .describe(
                            "Least time between the end of a checkpoint and the start of the next."
                                    + " Longer: state that takes long to write leaves time to work.");

    public static final Option<Integer> MAX_CONCURRENT =
            Option.integer("execution.checkpointing.max-concurrent-checkpoints")
                    .defaultTo(1)
                    .between(1, 1_000)
                    .describe(
                            "How many checkpoints may be on their way at a time. More than one"
                                    + " leaves out unaligned checkpoints.");

    public static final Option<Integer> TOLERABLE_FAILURES =
            Option.integer("execution.checkpointing.tolerable-failed-checkpoints")
                    .defaultTo(0)
                    .between(0, Integer.MAX_VALUE)
                    .describe(
                            "How many checkpoints in a row may fail before the job restarts from"
                                    + " the last that is complete.");

    public static final Option<ExternalizedCheckpointRetention> RETENTION =
            Option.choice(
                            "execution.checkpointing.externalized-checkpoint-retention",
                            ExternalizedCheckpointRetention.class)
                    .defaultTo(ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS)
                    .describe(
                            "What becomes of checkpoints when the job ends:"
                                    + " NO_EXTERNALIZED_CHECKPOINTS deletes them,"
                                    + " DELETE_ON_CANCELLATION keeps them if it fails,"
                                    + " RETAIN_ON_CANCELLATION also if it is cancelled.");

    public static final Option<Boolean> UNALIGNED =
            Option.bool("execution.checkpointing.unaligned.enabled")
                    .formerly("execution.checkpointing.unaligned")
                    .defaultTo(true)
                    .describe(
                            "Lets barriers overtake records that wait, which then become part of"
                                    + " the checkpoint, once an alignment has lasted longer than"
                                    + " execution.checkpointing.aligned-checkpoint-timeout. If set"
                                    + " to true and no time-out is set, barriers overtake at once.");

    public static final Option<Duration> ALIGNMENT_TIMEOUT =
            Option.duration("execution.checkpointing.aligned-checkpoint-timeout")
                    .formerly("execution.checkpointing.alignment-timeout")
                    .defaultTo(Duration.ofSeconds(1))
                    .between(Duration.ZERO, FOR_EVER)
                    .describe(
                            "How long barriers may wait behind records before they overtake them; 0"
                                    + " to overtake at once.");

    public static final Option<Boolean> UNALIGNED_FORCED =
            Option.bool("execution.checkpointing.unaligned.forced")
                    .defaultTo(false)
                    .describe(
                            "Allows unaligned checkpoints also where records are dealt out by a"
                                    + " program's own partitioner.");

    public static final Option<Boolean> AFTER_TASKS_FINISH =
            Option.bool("execution.checkpointing.checkpoints-after-tasks-finish")
                    .formerly("execution.checkpointing.checkpoints-after-tasks-finish.enabled")
                    .defaultTo(true)
                    .describe("Takes checkpoints also when some tasks have finished.");

    public static final Option<Boolean> INCREMENTAL =
            Option.bool("execution.checkpointing.incremental")
                    .formerly("state.backend.incremental")
                    .defaultTo(true)
                    .describe("Writes only what has changed since the checkpoint before.");

    public static final Option<Integer> RETAINED =
            Option.integer("execution.checkpointing.num-retained")
                    .formerly("state.checkpoints.num-retained")
                    .defaultTo(3)
                    .between(1, 1_000)
                    .describe(
                            "How many complete checkpoints are kept: if a file of the latest turns"
                                    + " out to be broken, the job starts from the one before.");

    public static final Option<MemorySize> INLINE_THRESHOLD =
            Option.memory("execution.checkpointing.data-inline-threshold")
                    .formerly(
                            "state.storage.fs.memory-threshold",
                            "state.backend.fs.memory-threshold")
                    .defaultTo(MemorySize.parse("20 kb"))
                    .between(MemorySize.ZERO, MemorySize.ofMebiBytes(1))
                    .describe(
                            "A worker that has no more than this for each of its tasks to write"
                                    + " writes no file: its state lies in the checkpoint's"
                                    + " manifest, which holds at most 1 MB of such state of all"
                                    + " workers. 0 for a file in any case.");

    public static final Option<String> DIRECTORY =
            Option.string("execution.checkpointing.dir")
                    .formerly("state.checkpoints.dir", "state.backend.fs.checkpointdir")
                    .describe(
                            "Directory of checkpoints, as a path on a file system that every worker"
                                    + " reaches.");

    public static final Option<String> SAVEPOINT_DIRECTORY =
            Option.string("execution.checkpointing.savepoint-dir")
                    .formerly("state.savepoints.dir", "savepoints.state.backend.fs.dir")
                    .describe("Directory of savepoints for which none is given.");

    public static final Option<Double> SAVEPOINT_WRITING_SHARE =
            Option.decimal("execution.checkpointing.savepoint-writing-share")
                    .defaultTo(1.0)
                    .between(0.01, 1_000.0)
                    .describe(
                            "How much of a processor each worker takes to write a savepoint while"
                                    + " the machine has none idle: 0.1 is a tenth of one, 1 and"
                                    + " more is a writer without rests. Lower: records are held up"
                                    + " less at a time, but for longer and by more in all. Higher:"
                                    + " the savepoint is sooner whole. It rises by itself where"
                                    + " processors are idle, and when the time-out comes near.");

    public static final Option<MemorySize> SAVEPOINT_OWN_FILE_THRESHOLD =
            Option.memory("execution.checkpointing.savepoint-own-file-threshold")
                    .defaultTo(MemorySize.ofMebiBytes(32))
                    .between(MemorySize.ZERO, MemorySize.parse("1 tb"))
                    .describe(
                            "A keyed state of which a task has more than this gets files of its"
                                    + " own from that task in a savepoint of tables, written while"
                                    + " its rows are read. What is less is first written to the"
                                    + " worker's disk and then, of all tasks of the worker, into"
                                    + " one file. Higher: fewer files, and more is written twice.");

    public static final Option<Boolean> SNAPSHOT_COMPRESSION =
            Option.bool("execution.checkpointing.snapshot-compression")
                    .defaultTo(false)
                    .describe(
                            "Whether files of checkpoints are compressed, with LZ4. Those of native"
                                    + " savepoints are, unless this is set to false. Compressed:"
                                    + " half as much to write and to read for records of texts and"
                                    + " numbers, for about as much CPU. A release before this"
                                    + " option had an effect does not read compressed files.");

    public static final Option<String> STORAGE =
            Option.string("execution.checkpointing.storage")
                    .formerly("state.checkpoint-storage")
                    .describe(
                            "filesystem, or jobmanager to let the engine choose a directory of its"
                                    + " own. Without it: filesystem if there is a directory.");

    public static final Option<String> STATE_BACKEND =
            Option.string("state.backend.type")
                    .formerly("state.backend")
                    .defaultTo("hashmap")
                    .describe(
                            "Where keyed state is: hashmap (or heap) for objects in memory, rocksdb"
                                    + " for state that does not fit there.");

    public static final Option<String> RECOVERY_PATH =
            Option.string("execution.state-recovery.path")
                    .formerly("execution.savepoint.path")
                    .describe("The checkpoint or savepoint to start the job from.");

    public static final Option<Boolean> IGNORE_UNCLAIMED_STATE =
            Option.bool("execution.state-recovery.ignore-unclaimed-state")
                    .formerly("execution.savepoint.ignore-unclaimed-state")
                    .defaultTo(false)
                    .describe(
                            "Starts the job though the checkpoint has state of operators that the"
                                    + " program does not have; that state is lost.");

    public static final Option<RecoveryClaimMode> CLAIM_MODE =
            Option.choice("execution.state-recovery.claim-mode", RecoveryClaimMode.class)
                    .formerly("execution.savepoint-restore-mode")
                    .defaultTo(RecoveryClaimMode.NO_CLAIM)
                    .describe(
                            "Whose the files are that the job is started from: CLAIM makes them the"
                                    + " job's, which deletes them when it needs them no more;"
                                    + " NO_CLAIM leaves them alone.");

    public static final Option<Long> IGNORED_IN_FLIGHT_DATA =
            Option.longInteger("execution.state-recovery.without-channel-state.checkpoint-id")
                    .formerly("execution.checkpointing.recover-without-channel-state.checkpoint-id")
                    .defaultTo(-1L)
                    .describe(
                            "A checkpoint that is restored without the records that were on their"
                                    + " way, which are lost; -1 for none.");

    public static final Option<Boolean> LOCAL_RECOVERY =
            Option.bool("execution.state-recovery.from-local")
                    .formerly("state.backend.local-recovery")
                    .defaultTo(true)
                    .describe(
                            "Lets a worker that lives on restore state from what it still has,"
                                    + " instead of from the checkpoint's files.");

    /** In the order of the reference page. */
    public static final List<Option<?>> ALL =
            List.of(
                    INTERVAL,
                    INTERVAL_DURING_BACKLOG,
                    MODE,
                    TIMEOUT,
                    MIN_PAUSE,
                    MAX_CONCURRENT,
                    TOLERABLE_FAILURES,
                    RETENTION,
                    UNALIGNED,
                    ALIGNMENT_TIMEOUT,
                    UNALIGNED_FORCED,
                    AFTER_TASKS_FINISH,
                    INCREMENTAL,
                    RETAINED,
                    INLINE_THRESHOLD,
                    DIRECTORY,
                    SAVEPOINT_DIRECTORY,
                    SAVEPOINT_WRITING_SHARE,
                    SAVEPOINT_OWN_FILE_THRESHOLD,
                    SNAPSHOT_COMPRESSION,
                    STORAGE,
                    STATE_BACKEND,
                    RECOVERY_PATH,
                    IGNORE_UNCLAIMED_STATE,
                    CLAIM_MODE,
                    IGNORED_IN_FLIGHT_DATA,
                    LOCAL_RECOVERY);

    private CheckpointOptions() {}

    /**
     * Gives what is set under a former key its key of today, unless that is set too. So a later
     * configuration overrides an earlier one whichever key each has used.
     */
    public static void renameFormerKeys(Configuration values) {
        for (Option<?> option : ALL) {
            for (String former : option.formerKeys()) {
                String text = values.getString(former, null);
                if (text != null) {
                    values.removeKey(former);
                    if (!values.containsKey(option.key())) {
                        values.setString(option.key(), text);
                    }
                }
            }
        }
    }
}
