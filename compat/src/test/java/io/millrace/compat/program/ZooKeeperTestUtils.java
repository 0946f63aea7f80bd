package io.millrace.compat.program;

import org.apache.curator.test.TestingServer;

/** What Flink's tests start a ZooKeeper with; a cluster in one process does not ask it. */
public final class ZooKeeperTestUtils {
    private ZooKeeperTestUtils() {}

    /** Closed by the test. */
    public static TestingServer createAndStartZookeeperTestingServer() throws Exception {
        return new TestingServer(true);
    }
}
