package io.millrace.testutils;

import io.millrace.api.stream.StreamExecutionEnvironment;

/**
 * Makes {@code StreamExecutionEnvironment.getExecutionEnvironment()} lead to a cluster of the test.
 * The setting is one for the whole process: tests that use it do not run at the same time.
 */
public class TestStreamEnvironment extends StreamExecutionEnvironment {
    private TestStreamEnvironment() {}

    /**
     * Environments that are made from now on run their jobs on {@code cluster}.
     *
     * @param parallelism of jobs that say nothing themselves
     */
    public static void setAsContext(MiniCluster cluster, int parallelism) {
        StreamExecutionEnvironment.runWith(cluster.executor().withParallelism(parallelism));
    }

    /** Takes back {@link #setAsContext}. */
    public static void unsetAsContext() {
        StreamExecutionEnvironment.clear();
    }
}
