package io.millrace.batch.shuffle;

import io.millrace.api.option.Option;
import io.millrace.runtime.compress.BlockCompression;
import java.util.List;

/** Options of a worker's stored results. Only {@link ShuffleSettings} reads them. */
final class ShuffleOptions {
    static final Option<Long> MEMORY =
            Option.size("batch.shuffle-memory")
                    .between(64L << 10, 1L << 30)
                    .describe(
                            "Memory in which one subtask gathers the records of one edge between"
                                    + " two stages, before they go to local disk; at least 8 KiB"
                                    + " for each consumer. More: larger blocks and less merging."
                                    + " Without it, an eighth of the heap, divided by the number"
                                    + " of processors.");

    static final Option<Long> READ_MEMORY =
            Option.size("batch.shuffle-read-memory")
                    .defaultTo(8L << 20)
                    .between(64L << 10, 1L << 30)
                    .describe(
                            "Memory in which one subtask reads ahead of one edge between two"
                                    + " stages, from all its producers together; a block that is"
                                    + " larger comes on top.");

    static final Option<BlockCompression> COMPRESSION =
            Option.choice("batch.shuffle-compression", BlockCompression.class)
                    .defaultTo(BlockCompression.LZ4)
                    .describe(
                            "How results between stages are compressed. 'lz4' costs less than the"
                                    + " writing that it saves; 'zstd' is smaller for more CPU,"
                                    + " where disks or the network are slow; 'none' is for records"
                                    + " that are compressed already.");

    static final Option<String> DIRECTORIES =
            Option.string("batch.shuffle-directories")
                    .describe(
                            "Local directories for results between stages, separated by commas, one"
                                    + " for each disk: results are spread over them. Without it,"
                                    + " the container's directories on YARN, elsewhere"
                                    + " task.spill-directory.");

    static final Option<Integer> THREADS =
            Option.integer("batch.shuffle-threads")
                    .defaultTo(2)
                    .between(1, 64)
                    .describe(
                            "Threads of a worker that read results of its own disks ahead of their"
                                    + " tasks. One for each disk is enough.");

    static final Option<ShuffleServer> SERVER =
            Option.choice("batch.shuffle-service", ShuffleServer.class)
                    .defaultTo(ShuffleServer.AUTO)
                    .describe(
                            "Who serves results between stages on YARN. 'node': the service"
                                    + " mapreduce_shuffle of the NodeManager where the result is,"
                                    + " so that it outlives its worker, which can be given back;"
                                    + " nodes without it are not used. 'worker': the worker that"
                                    + " wrote it. 'auto': the node where it has the service, else"
                                    + " the worker; the worker, too, if batch.shuffle-directories"
                                    + " is set, since the service knows only the container's.");

    static final List<Option<?>> ALL =
            List.of(MEMORY, READ_MEMORY, COMPRESSION, DIRECTORIES, THREADS, SERVER);

    private ShuffleOptions() {}
}
