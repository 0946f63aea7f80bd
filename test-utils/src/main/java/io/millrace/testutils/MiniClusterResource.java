package io.millrace.testutils;

import org.junit.rules.ExternalResource;

/** A cluster for tests with JUnit 4, as a rule or class rule. */
public class MiniClusterResource extends ExternalResource {
    private final MiniCluster cluster;

    public MiniClusterResource(MiniClusterResourceConfiguration configuration) {
        this.cluster = new MiniCluster(configuration);
    }

    public int getNumberSlots() {
        return cluster.getNumberSlots();
    }

    public MiniCluster getMiniCluster() {
        return cluster;
    }

    /** Cancels the jobs that run and waits for their end. */
    public void cancelAllJobs() {
        cluster.cancelAllJobs();
    }

    @Override
    public void before() throws Exception {
        cluster.start();
    }

    @Override
    public void after() {
        try (cluster) {
            cluster.cancelAllJobs();
        }
    }
}
