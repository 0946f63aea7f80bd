package io.millrace.yarn.launch;

import io.millrace.api.option.Option;
import io.millrace.yarn.claim.RunTag;
import java.util.List;

/** Options of an application on YARN. Only this module reads them. */
final class YarnOptions {
    static final Option<String> QUEUE =
            Option.string("yarn.queue")
                    .defaultTo("default")
                    .describe("The scheduler's queue that the application is submitted to.");

    static final Option<String> TAGS =
            Option.string("yarn.tags")
                    .defaultTo("")
                    .describe("Tags of the application, separated by commas, as YARN lists them.");

    static final Option<String> RUN_TAG =
            Option.string(RunTag.OPTION)
                    .describe(
                            "The name of the work that the application does ('run --tag'): of one"
                                    + " user's applications with the same one at most one runs, and"
                                    + " a second submission stands for the first.");

    static final Option<Boolean> RUN_ONCE =
            Option.bool(RunTag.ONCE_OPTION)
                    .defaultTo(false)
                    .describe(
                            "With 'yarn.run-tag': work that has succeeded is not done again"
                                    + " ('run --once').");

    static final Option<Integer> PRIORITY =
            Option.integer("yarn.priority")
                    .defaultTo(0)
                    .between(0, 1_000_000)
                    .describe("Priority in the queue; higher goes first.");

    static final Option<String> NODE_LABEL =
            Option.string("yarn.node-label")
                    .defaultTo("")
                    .describe("Node label expression for all containers; empty for any node.");

    static final Option<Long> MASTER_MEMORY =
            Option.size("yarn.master.memory")
                    .defaultTo(640L << 20)
                    .between((long) MemorySplit.MIN_CONTAINER_MB << 20, 1L << 40)
                    .describe("Memory of the application master's container.");

    static final Option<Integer> MASTER_VCORES =
            Option.integer("yarn.master.vcores")
                    .defaultTo(1)
                    .between(1, 1024)
                    .describe("Virtual cores of the application master's container.");

    static final Option<String> MASTER_JAVA_OPTIONS =
            Option.string("yarn.master.java-options")
                    .defaultTo("")
                    .describe(
                            "Further JVM options of the application master, separated by blanks.");

    static final Option<Long> WORKER_MEMORY =
            Option.size("yarn.worker.memory")
                    .defaultTo(1L << 30)
                    .between((long) MemorySplit.MIN_CONTAINER_MB << 20, 1L << 42)
                    .describe(
                            "Memory of a worker's container. Heap, network buffers and classes are"
                                    + " computed from what the cluster grants.");

    static final Option<Double> WORKER_STATE_FRACTION =
            Option.decimal("yarn.worker.state-memory-fraction")
                    .defaultTo(0.3)
                    .between(0.0, 0.8)
                    .describe(
                            "The part of a worker's container that state outside of the heap gets,"
                                    + " if 'state.backend.type' is 'rocksdb'; a small container"
                                    + " gives less, so that a heap remains.");

    static final Option<Integer> WORKER_SLOTS =
            Option.integer("yarn.worker.slots")
                    .between(1, 1024)
                    .describe(
                            "Slots of a worker on YARN: how many parallel slices of a job it runs."
                                    + " Not set: 'worker.slots', or 2 if that is not set either.");

    /** The control plane's own key, which holds for every kind of cluster. */
    static final Option<Integer> ANY_WORKER_SLOTS = Option.integer("worker.slots");

    static final Option<Integer> WORKER_VCORES =
            Option.integer("yarn.worker.vcores")
                    .between(1, 1024)
                    .describe(
                            "Virtual cores of a worker's container. Not set: as many as it has"
                                    + " slots.");

    static final Option<String> WORKER_JAVA_OPTIONS =
            Option.string("yarn.worker.java-options")
                    .defaultTo("")
                    .describe("Further JVM options of the workers, separated by blanks.");

    static final Option<WorkerCollector> WORKER_COLLECTOR =
            Option.choice("yarn.worker.collector", WorkerCollector.class)
                    .defaultTo(WorkerCollector.AUTO)
                    .describe(
                            "The workers' garbage collector. AUTO costs least CPU: the parallel one"
                                    + " in containers of up to 4 GB, G1 in larger ones, with a"
                                    + " large cache of cards that change often. LOW_PAUSE"
                                    + " is for jobs where milliseconds count and the heap holds"
                                    + " much state: Shenandoah where the node's Java has it, else"
                                    + " G1 with a small young generation. A collector in"
                                    + " 'yarn.worker.java-options' goes before it.");

    static final Option<Integer> MAX_WORKERS =
            Option.integer("yarn.max-workers")
                    .defaultTo(1_000)
                    .between(1, 100_000)
                    .describe("Most containers that the application asks for at one time.");

    static final Option<Integer> MAX_ATTEMPTS =
            Option.integer("yarn.max-attempts")
                    .defaultTo(2)
                    .between(1, 100)
                    .describe(
                            "How often YARN starts the application master at most; the cluster's"
                                    + " own limit holds, too.");

    static final Option<String> STAGING_DIRECTORY =
            Option.string("yarn.staging-directory")
                    .describe(
                            "Directory on the cluster's file system for libraries and jars. Not"
                                    + " set: '.millrace' in the user's home.");

    static final Option<String> JAVA_HOME =
            Option.string("yarn.java-home")
                    .describe(
                            "Java 17 or newer on the nodes. Not set: the JAVA_HOME of the"
                                    + " NodeManagers.");

    static final List<Option<?>> ALL =
            List.of(
                    QUEUE,
                    TAGS,
                    RUN_TAG,
                    RUN_ONCE,
                    PRIORITY,
                    NODE_LABEL,
                    MASTER_MEMORY,
                    MASTER_VCORES,
                    MASTER_JAVA_OPTIONS,
                    WORKER_MEMORY,
                    WORKER_STATE_FRACTION,
                    WORKER_SLOTS,
                    WORKER_VCORES,
                    WORKER_JAVA_OPTIONS,
                    WORKER_COLLECTOR,
                    MAX_WORKERS,
                    MAX_ATTEMPTS,
                    STAGING_DIRECTORY,
                    JAVA_HOME);

    private YarnOptions() {}
}
