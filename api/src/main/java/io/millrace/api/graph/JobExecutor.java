package io.millrace.api.graph;

import io.millrace.api.option.Config;
import io.millrace.api.stream.JobClient;

/**
 * The door from a program to an engine. {@code StreamExecutionEnvironment.execute} calls it. On a
 * plain class path the embedded engine is found by {@link java.util.ServiceLoader}; the command line
 * and the application master install theirs with {@code StreamExecutionEnvironment.runWith}.
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

    /** Options given from outside of the program; they are the environment's starting point. */
    Config defaults();
}
