package io.millrace.testutils;

import org.junit.After;
import org.junit.ClassRule;
import org.junit.rules.TemporaryFolder;

/** A test with JUnit 4 that runs jobs on a cluster of one worker with four slots. */
public abstract class AbstractTestBaseJUnit4 extends TestLogger {
    protected static final int DEFAULT_PARALLELISM = 4;

    @ClassRule
    public static final MiniClusterWithClientResource MINI_CLUSTER_RESOURCE =
            new MiniClusterWithClientResource(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(DEFAULT_PARALLELISM)
                            .build());

    @ClassRule public static final TemporaryFolder TEMPORARY_FOLDER = new TemporaryFolder();

    protected AbstractTestBaseJUnit4() {}

    /** Jobs that a test leaves running end before the next test. */
    @After
    public final void cleanupRunningJobs() {
        MINI_CLUSTER_RESOURCE.cancelAllJobs();
    }
}
