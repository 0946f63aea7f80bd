package io.millrace.testutils;

import io.millrace.api.error.ExceptionUtils;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.stream.JobID;
import io.millrace.api.stream.StreamExecutionEnvironment;

/** Runs jobs that end with a {@link SuccessException}, or by themselves. Stateless. */
public class TestUtils {
    private TestUtils() {}

    /**
     * Runs the job of an environment. It has passed if it finishes, or if a {@link
     * SuccessException} is among the causes of its failure.
     *
     * @throws Exception the failure of a job that has not passed
     */
    public static void tryExecute(StreamExecutionEnvironment environment, String name)
            throws Exception {
        try {
            environment.execute(name);
        } catch (Exception e) {
            if (ExceptionUtils.findThrowable(e, SuccessException.class).isEmpty()) {
                throw e;
            }
        }
    }

    /**
     * Runs a job and waits until it has ended.
     *
     * @param client of the cluster that runs it, as a {@link MiniClusterWithClientResource} gives
     *     it
     * @param classLoader not needed: the cluster has the one of the test
     * @throws Exception the failure of the job; a {@link SuccessException} that a function threw is
     *     among its causes
     */
    public static void submitJobAndWaitForResult(
            ClusterClient<?> client, StreamGraph jobGraph, ClassLoader classLoader)
            throws Exception {
        if (!(client instanceof MiniClusterClient cluster)) {
            throw new IllegalArgumentException(
                    "The client is not one of a cluster in this process: "
                            + client.getClass().getName());
        }
        JobID job = cluster.submitJob(jobGraph).get();
        cluster.result(job).get();
    }
}
