package io.millrace.testutils;

/**
 * A cluster for tests with JUnit 4 on which {@code
 * StreamExecutionEnvironment.getExecutionEnvironment()} runs its jobs.
 */
public class MiniClusterWithClientResource extends MiniClusterResource {
    private ClusterClient<?> client; // null while no cluster runs

    public MiniClusterWithClientResource(MiniClusterResourceConfiguration configuration) {
        super(configuration);
    }

    /** While the cluster runs. */
    public ClusterClient<?> getClusterClient() {
        if (client == null) {
            throw new IllegalStateException("The cluster runs only while tests do.");
        }
        return client;
    }

    @Override
    public void before() throws Exception {
        super.before();
        client = new MiniClusterClient();
        TestStreamEnvironment.setAsContext(getMiniCluster(), getNumberSlots());
    }

    @Override
    public void after() {
        TestStreamEnvironment.unsetAsContext();
        client = null;
        super.after();
    }
}
