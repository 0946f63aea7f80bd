package io.millrace.testutils;

/**
 * A cluster for tests with JUnit 4 on which {@code
 * StreamExecutionEnvironment.getExecutionEnvironment()} runs its jobs.
 */
public class MiniClusterWithClientResource extends MiniClusterResource {
    public MiniClusterWithClientResource(MiniClusterResourceConfiguration configuration) {
        super(configuration);
    }

    @Override
    public void before() throws Exception {
        super.before();
        TestStreamEnvironment.setAsContext(getMiniCluster(), getNumberSlots());
    }

    @Override
    public void after() {
        TestStreamEnvironment.unsetAsContext();
        super.after();
    }
}
