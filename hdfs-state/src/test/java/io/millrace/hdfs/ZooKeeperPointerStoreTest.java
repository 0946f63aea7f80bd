package io.millrace.hdfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.checkpoint.PointerStore;
import io.millrace.runtime.checkpoint.PointerStoreContract;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ZooKeeperPointerStoreTest extends PointerStoreContract {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
    private static final String APPLICATION = "app_1";

    private TestingServer server;
    private ZooKeeperSettings settings;
    private CuratorFramework owner;
    private FaultyNodes.Plan plan;

    @BeforeEach
    void start() throws Exception {
        server = new TestingServer();
        settings =
                new ZooKeeperSettings(
                        server.getConnectString(),
                        "/",
                        30_000,
                        5_000,
                        new ZooKeeperSasl(true, "zookeeper", "Client"));
        owner = ZooKeeperClient.of(settings, APPLICATION, KEY);
        owner.start();
        plan = new FaultyNodes.Plan();
    }

    @AfterEach
    void stop() throws Exception {
        owner.close();
        server.close();
    }

    @Override
    protected PointerStore lead(long epoch) {
        try {
            byte[] content = (epoch + " candidate").getBytes(US_ASCII);
            String path = settings.epochPath(APPLICATION);
            if (owner.checkExists().forPath(path) == null) {
                owner.create().creatingParentsIfNeeded().forPath(path, content);
            } else {
                owner.setData().forPath(path, content);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return store(epoch);
    }

    private ZooKeeperPointerStore store(long epoch) {
        CuratorFramework client = ZooKeeperClient.of(settings, APPLICATION, KEY);
        client.start();
        String parent = settings.pointersPath(APPLICATION);
        return new ZooKeeperPointerStore(
                new FaultyNodes(new CuratorPointerNodes(client, parent), plan),
                parent,
                settings.epochPath(APPLICATION),
                epoch);
    }

    @Override
    protected void set(Fault fault) {
        plan.fault = fault;
        plan.hit = false;
        plan.silent = false;
    }

    @Test
    void theLeaderOfAnotherEpochCannotEvenRead() {
        lead(2).close();
        try (PointerStore old = store(1)) {
            assertThatThrownBy(() -> old.read(JOB))
                    .hasMessageStartingWith("LEADERSHIP_LOST: ")
                    .hasMessageContaining("epoch 2 has begun");
        }
    }

    @Test
    void anotherIdentityCannotReadOrWriteThePointer() throws Exception {
        try (PointerStore store = lead(1)) {
            store.write(pointer(JOB, 1), 1);
        }
        try (CuratorFramework stranger =
                CuratorFrameworkFactory.newClient(
                        server.getConnectString(), new RetryOneTime(10))) {
            stranger.start();
            String path = settings.pointersPath(APPLICATION) + "/" + JOB;
            assertThatThrownBy(() -> stranger.getData().forPath(path))
                    .isInstanceOf(KeeperException.NoAuthException.class);
            assertThatThrownBy(() -> stranger.setData().forPath(path, new byte[1]))
                    .isInstanceOf(KeeperException.NoAuthException.class);
        }
    }

    /** The retries of the client itself: the first answer is lost, the retry is refused. */
    @Test
    void aServerThatRestartsLosesNoPointer() throws Exception {
        try (PointerStore store = lead(1)) {
            store.write(pointer(JOB, 1), 1);

            server.restart();

            store.write(pointer(JOB, 2), 1);
            assertThat(store.read(JOB)).isEqualTo(pointer(JOB, 2));
        }
    }

    /** Loses writes and replies as the test wants it. */
    private static final class FaultyNodes implements PointerNodes {
        private final PointerNodes nodes;
        private final Plan plan;

        FaultyNodes(PointerNodes nodes, Plan plan) {
            this.nodes = nodes;
            this.plan = plan;
        }

        /** Shared by the stores of a test. */
        static final class Plan {
            Fault fault = Fault.NONE;
            boolean hit;
            boolean silent;
        }

        @Override
        public Node read(String path) throws Exception {
            requireAnswer();
            return nodes.read(path);
        }

        @Override
        public void put(
                String path, byte[] content, int version, String epochPath, int epochVersion)
                throws Exception {
            requireAnswer();
            if (plan.fault == Fault.WRITES_REFUSED) {
                throw new KeeperException.ConnectionLossException();
            }
            nodes.put(path, content, version, epochPath, epochVersion);
            boolean loses =
                    plan.fault == Fault.REPLY_LOST_ONCE
                            || plan.fault == Fault.REPLY_LOST_THEN_SILENCE;
            if (loses && !plan.hit) {
                plan.hit = true;
                plan.silent = plan.fault == Fault.REPLY_LOST_THEN_SILENCE;
                throw new KeeperException.ConnectionLossException();
            }
        }

        @Override
        public void delete(String path, String epochPath, int epochVersion) throws Exception {
            requireAnswer();
            nodes.delete(path, epochPath, epochVersion);
        }

        private void requireAnswer() throws KeeperException {
            if (plan.silent) {
                throw new KeeperException.ConnectionLossException();
            }
        }

        @Override
        public void close() {
            nodes.close();
        }
    }
}
