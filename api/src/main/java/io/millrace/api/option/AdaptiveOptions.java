package io.millrace.api.option;

import java.util.List;

/** Options of stages of batch jobs whose parallelism follows from what they read. */
public final class AdaptiveOptions {
    private static final String PREFIX = "execution.batch.adaptive.auto-parallelism.";

    public static final Option<Boolean> ENABLED =
            Option.bool(PREFIX + "enabled")
                    .defaultTo(true)
                    .describe(
                            "Gives a stage of a batch job that reads others by key or by turns as"
                                    + " many subtasks as its input needs, unless the program sets"
                                    + " their number. Where parallelism.default is given, this has"
                                    + " to be set, too, and that number is the highest.");

    public static final Option<Integer> MIN_PARALLELISM =
            Option.integer(PREFIX + "min-parallelism")
                    .defaultTo(1)
                    .between(1, 32768)
                    .describe("The lowest number of subtasks of such a stage.");

    public static final Option<Integer> MAX_PARALLELISM =
            Option.integer(PREFIX + "max-parallelism")
                    .defaultTo(128)
                    .between(1, 32768)
                    .describe(
                            "The highest number of subtasks of such a stage; the number of key"
                                    + " groups (pipeline.max-parallelism) limits it, too. In an"
                                    + " embedded cluster, the number of processors.");

    public static final Option<Long> BYTES_PER_TASK =
            Option.size(PREFIX + "avg-data-volume-per-task")
                    .defaultTo(16L << 20)
                    .between(1L, 1L << 40)
                    .describe(
                            "Bytes that one subtask of such a stage reads, as they lie on disk:"
                                    + " compressed.");

    private static final String SKEWED = "execution.batch.adaptive.skewed-optimization.";

    public static final Option<Boolean> SKEWED_ENABLED =
            Option.bool(SKEWED + "enabled")
                    .defaultTo(true)
                    .describe(
                            "Lets several subtasks share a partition of a bounded join that has"
                                    + " far more bytes than others, where the results are the"
                                    + " same: each reads a part of it and all of the other input's"
                                    + " partition. Only in stages with automatic parallelism.");

    public static final Option<Double> SKEWED_FACTOR =
            Option.decimal(SKEWED + "skewed-factor")
                    .defaultTo(4.0)
                    .between(1.0, 1e6)
                    .describe(
                            "A partition is skewed if it has so many times the bytes of the one in"
                                    + " the middle of its input, and of what one subtask should"
                                    + " read.");

    public static final Option<Long> SKEWED_THRESHOLD =
            Option.size(SKEWED + "skewed-threshold")
                    .defaultTo(64L << 20)
                    .between(1L, 1L << 40)
                    .describe("Bytes that a skewed partition has at least, compressed.");

    static final List<Option<?>> ALL =
            List.of(
                    ENABLED,
                    MIN_PARALLELISM,
                    MAX_PARALLELISM,
                    BYTES_PER_TASK,
                    SKEWED_ENABLED,
                    SKEWED_FACTOR,
                    SKEWED_THRESHOLD);

    private AdaptiveOptions() {}
}
