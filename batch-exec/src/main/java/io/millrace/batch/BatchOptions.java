package io.millrace.batch;

import io.millrace.api.option.Option;

/** Options of batch execution. Only this package reads them; from a job's own options. */
public final class BatchOptions {
    public static final Option<Integer> COMBINE_KEYS =
            Option.integer("batch.combine-keys")
                    .defaultTo(32_768)
                    .between(0, 1 << 24)
                    .describe(
                            "Number of keys whose records are folded before they are exchanged, for"
                                    + " each subtask. More: fewer records are exchanged. 0 exchanges"
                                    + " every record.");

    public static final Option<Long> REDUCE_MEMORY =
            Option.size("batch.reduce-memory")
                    .between(64L * 1024, 1L << 40)
                    .describe(
                            "Memory for the keys and folds of one subtask of a reduce, or for the"
                                    + " records of a full partition, a sort, a join or a keyed"
                                    + " operator; what does not fit goes to local disk. A record"
                                    + " may take a quarter of it, one of a reduce an eighth, one of a"
                                    + " join a sixteenth. Without it, a quarter of the"
                                    + " heap, divided by the number of processors.");

    private BatchOptions() {}
}
