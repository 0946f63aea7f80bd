package io.millrace.api.option;

import io.millrace.api.stream.BatchShuffleMode;
import io.millrace.api.stream.RuntimeExecutionMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Options of a program: how its graph is made. Read by {@code stream} and by the context of
 * functions.
 */
public final class ProgramOptions {
    public static final Option<String> NAME =
            Option.string("pipeline.name")
                    .describe("Name of the job, if the program gives none to execute().");

    public static final Option<Integer> PARALLELISM =
            Option.integer("parallelism.default")
                    .between(1, 32768)
                    .describe(
                            "Number of subtasks of each operator that the program gives none to."
                                    + " Without it, the engine takes the number of slots that it has.");

    public static final Option<Integer> MAX_PARALLELISM =
            Option.integer("pipeline.max-parallelism")
                    .between(1, 32768)
                    .describe(
                            "Number of key groups: the limit of the parallelism for ever, since"
                                    + " state is kept by key group. Without it, the smallest power of"
                                    + " two that is at least one and a half times the parallelism, at"
                                    + " least 128.");

    public static final Option<RuntimeExecutionMode> RUNTIME_MODE =
            Option.choice("execution.runtime-mode", RuntimeExecutionMode.class)
                    .defaultTo(RuntimeExecutionMode.STREAMING)
                    .describe(
                            "STREAMING gives results as early as possible, BATCH final results only"
                                    + " and needs bounded sources, AUTOMATIC is BATCH if every source"
                                    + " is bounded.");

    public static final Option<BatchShuffleMode> BATCH_SHUFFLE_MODE =
            Option.choice("execution.batch-shuffle-mode", BatchShuffleMode.class)
                    .defaultTo(BatchShuffleMode.ALL_EXCHANGES_BLOCKING)
                    .describe(
                            "ALL_EXCHANGES_BLOCKING runs a batch job stage by stage, on as many slots"
                                    + " as there are, with what moves between stages on disk: what"
                                    + " fails runs again alone. ALL_EXCHANGES_PIPELINED runs all of it"
                                    + " at once, through memory. The hybrid modes are the blocking one"
                                    + " here.");

    public static final Option<Boolean> SORT_INPUTS =
            Option.bool("execution.sorted-inputs.enabled")
                    .defaultTo(true)
                    .describe(
                            "Gives keyed operators of a batch job their input one key after another,"
                                    + " by timestamp, sorted in bounded memory. If false, they take"
                                    + " it as it comes and keep the state of all keys.");

    public static final Option<Boolean> BATCH_STATE_BACKEND =
            Option.bool("execution.batch-state-backend.enabled")
                    .defaultTo(true)
                    .describe(
                            "Lets all time of a key pass when its sorted input has come, and forgets"
                                    + " it then: state is that of one key, in memory. If false, the"
                                    + " state of all keys is kept in the job's state back end, and"
                                    + " time passes at the end of the input. Without effect where"
                                    + " inputs are not sorted.");

    public static final Option<Boolean> OBJECT_REUSE =
            Option.bool("pipeline.object-reuse")
                    .defaultTo(false)
                    .describe(
                            "Hands records from function to function without a copy. Functions must"
                                    + " then neither keep nor change a record that they have emitted.");

    public static final Option<Boolean> GENERIC_TYPES =
            Option.bool("pipeline.generic-types")
                    .defaultTo(true)
                    .describe(
                            "Allows types of which only the class is known: the form of their"
                                    + " values is found at run time. If false, such a type ends in"
                                    + " an error.");

    public static final Option<Boolean> AUTO_GENERATE_UIDS =
            Option.bool("pipeline.auto-generate-uids")
                    .defaultTo(true)
                    .describe(
                            "Lets operators go without a uid. If false, a program with one that has"
                                    + " none ends in an error when it is executed.");

    public static final Option<Boolean> OPERATOR_CHAINING =
            Option.bool("pipeline.operator-chaining.enabled")
                    .defaultTo(true)
                    .describe(
                            "Runs operators in one task where no exchange is needed between them.");

    public static final Option<Duration> AUTO_WATERMARK_INTERVAL =
            Option.duration("pipeline.auto-watermark-interval")
                    .defaultTo(Duration.ofMillis(200))
                    .between(Duration.ZERO, Duration.ofHours(1))
                    .describe("Time between two periodic watermarks; 0 turns them off.");

    public static final Option<Boolean> ALLOW_UNALIGNED_SOURCE_SPLITS =
            Option.bool("pipeline.watermark-alignment.allow-unaligned-source-splits")
                    .defaultTo(false)
                    .describe(
                            "Lets the splits of a reader that cannot pause them run apart, where"
                                    + " watermark alignment would have to pause some of them. Otherwise"
                                    + " such a job fails, and says so.");

    public static final Option<Map<String, String>> GLOBAL_JOB_PARAMETERS =
            Option.map("pipeline.global-job-parameters")
                    .describe(
                            "Parameters that the program registers for all its functions, as "
                                    + "key:value,key:value; values with a comma in single quotes.");

    public static final Option<List<String>> CACHED_FILES =
            Option.listOf(Option.string("pipeline.cached-files"))
                    .describe(
                            "Files that every worker gets, besides those that the program"
                                    + " registers: name:NAME,path:PATH and perhaps"
                                    + " ,executable:true for each.");

    private ProgramOptions() {}
}
