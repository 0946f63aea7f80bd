package io.millrace.api.option;

/**
 * What concerns workers, as keys for {@link Configuration}. Other options of workers are the
 * cluster's: {@code millrace options} lists them.
 */
public class TaskManagerOptions {
    /** Slots of each worker: of an embedded cluster, or of one that is started for the program. */
    public static final ConfigOption<Integer> NUM_TASK_SLOTS =
            ConfigOptions.key("worker.slots")
                    .intType()
                    .defaultValue(1)
                    .withDescription("Slots of a worker.");
}
