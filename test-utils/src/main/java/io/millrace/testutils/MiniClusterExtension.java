package io.millrace.testutils;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A cluster for tests with JUnit 5 on which {@code
 * StreamExecutionEnvironment.getExecutionEnvironment()} runs its jobs. Registered in a static
 * field, or by {@code @ExtendWith}, it lives as long as the test class; in a field of the instance,
 * as long as one test. A test may have the {@link MiniCluster} as a parameter.
 *
 * <p>Jobs that a test leaves running are cancelled after it.
 */
public class MiniClusterExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver {
    private static final int DEFAULT_SLOTS = 4;

    private final Supplier<MiniClusterResourceConfiguration> configuration;
    private MiniCluster cluster; // null while none runs
    private int classes; // that it serves: a test class and the nested ones in it

    /** One worker with four slots. */
    public MiniClusterExtension() {
        this(
                new MiniClusterResourceConfiguration.Builder()
                        .setNumberSlotsPerTaskManager(DEFAULT_SLOTS)
                        .build());
    }

    public MiniClusterExtension(MiniClusterResourceConfiguration configuration) {
        this(() -> configuration);
    }

    /**
     * @param configuration asked when the cluster starts
     */
    public MiniClusterExtension(Supplier<MiniClusterResourceConfiguration> configuration) {
        this.configuration = configuration;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        classes++;
        if (cluster == null) {
            start(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (cluster == null) {
            start(context);
        }
    }

    private void start(ExtensionContext context) {
        cluster = new MiniCluster(configuration.get());
        cluster.start(context.getRequiredTestClass().getClassLoader());
        TestStreamEnvironment.setAsContext(cluster, cluster.getNumberSlots());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (classes > 0) {
            cluster.cancelAllJobs();
        } else {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        classes--;
        if (classes == 0) {
            stop();
        }
    }

    private void stop() {
        TestStreamEnvironment.unsetAsContext();
        try (MiniCluster ended = cluster) {
            cluster = null;
            ended.cancelAllJobs();
        }
    }

    /** The cluster, while a test runs. */
    public MiniCluster getMiniCluster() {
        if (cluster == null) {
            throw new IllegalStateException("The cluster runs only while tests do.");
        }
        return cluster;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MiniCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return getMiniCluster();
    }
}
