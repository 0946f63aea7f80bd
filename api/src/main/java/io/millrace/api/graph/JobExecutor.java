package io.millrace.api.graph;

import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;

/**
 * The door from a program to an engine. {@code StreamExecutionEnvironment.execute} calls it. On a
 * plain class path the embedded engine is found by {@link java.util.ServiceLoader}; the command
 * line and the application master install theirs with {@code StreamExecutionEnvironment.runWith}.
 *
 * <p>Thread-safe.
 */
public interface JobExecutor {
    /**
     * Checks, submits and returns at once; progress and result are asked of the returned client.
     *
     * @throws io.millrace.api.error.MillraceException if the job is refused before it runs
     */
    JobClient submit(StreamGraph graph);

    /**
     * Options given from outside of the program; they are the environment's starting point. Where
     * {@code parallelism.default} is missing, the environment takes the processors of this machine.
     */
    Config defaults();

    /**
     * The codec that readers and writers of the job make from the same type too.
     *
     * @param type null if it is to be found from the values
     * @param userLoader sees the classes of the values
     */
    <T> ValueCodec<T> valueCodec(TypeInformation<T> type, ClassLoader userLoader);

    /** A name or address of this process's host that every worker can connect to. */
    String hostForWorkers();
}
