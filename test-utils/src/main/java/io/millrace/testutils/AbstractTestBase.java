package io.millrace.testutils;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test with JUnit 5 that runs jobs on a cluster of one worker with four slots. */
@ExtendWith(TestLoggerExtension.class)
public abstract class AbstractTestBase {
    protected static final int DEFAULT_PARALLELISM = 4;

    @RegisterExtension
    protected static final MiniClusterExtension MINI_CLUSTER_EXTENSION =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(DEFAULT_PARALLELISM)
                            .build());

    protected AbstractTestBase() {}
}
