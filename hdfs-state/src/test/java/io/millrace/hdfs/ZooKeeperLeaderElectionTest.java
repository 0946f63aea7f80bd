package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.lead.LeaderElection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZooKeeperLeaderElectionTest {
    private static final byte[] KEY = {1, 2, 3};

    private TestingServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new TestingServer(true);
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Test
    void electsOneOfTwoAndTheOtherAfterItsEndWithAHigherEpoch() throws Exception {
        Heard first = new Heard();
        Heard second = new Heard();
        try (ZooKeeperLeaderElection one = election(30_000);
                ZooKeeperLeaderElection two = election(30_000)) {
            one.start(first);
            assertThat(first.next()).isEqualTo("elected 1");
            two.start(second);
            one.close();
            assertThat(second.next()).isEqualTo("elected 2");
            assertThat(first.nothingMore()).isTrue();
        }
    }

    @Test
    void goesOnInTheSameEpochWhenTheConnectionComesBackInTime() throws Exception {
        Heard heard = new Heard();
        try (ZooKeeperLeaderElection election = election(60_000)) {
            election.start(heard);
            assertThat(heard.next()).isEqualTo("elected 1");
            server.restart();
            assertThat(heard.next()).isEqualTo("suspended");
            assertThat(heard.next()).isEqualTo("elected 1");
        }
    }

    @Test
    void losesTheLeadershipWhenTheSessionExpires() throws Exception {
        Heard heard = new Heard();
        try (ZooKeeperLeaderElection election = election(1_000)) {
            election.start(heard);
            assertThat(heard.next()).isEqualTo("elected 1");
            server.stop();
            assertThat(heard.next()).isEqualTo("suspended");
            assertThat(heard.next()).startsWith("lost");
        }
    }

    @Test
    void keepsTheEpochGrowingOverApplicationMasterAttempts() throws Exception {
        for (int attempt = 1; attempt <= 4; attempt++) {
            Heard heard = new Heard();
            try (ZooKeeperLeaderElection election = election(30_000)) {
                election.start(heard);
                assertThat(heard.next()).isEqualTo("elected " + attempt);
            }
        }
    }

    @Test
    void letsNobodyElseReadOrWriteItsZnodes() throws Exception {
        Heard heard = new Heard();
        try (ZooKeeperLeaderElection election = election(30_000);
                CuratorFramework stranger = stranger()) {
            election.start(heard);
            heard.next();
            assertThatThrownBy(() -> stranger.getData().forPath("/millrace-app_1/epoch"))
                    .isInstanceOf(KeeperException.NoAuthException.class);
            assertThatThrownBy(() -> stranger.setData().forPath("/millrace-app_1/epoch", KEY))
                    .isInstanceOf(KeeperException.NoAuthException.class);
            assertThatThrownBy(() -> stranger.getChildren().forPath("/millrace-app_1/latch"))
                    .isInstanceOf(KeeperException.NoAuthException.class);
        }
    }

    @Test
    void leavesNothingBehindWhenTheApplicationHasEnded() throws Exception {
        Heard heard = new Heard();
        ZooKeeperLeaderElection election = election(30_000);
        election.start(heard);
        heard.next();
        election.closeAndForget();
        try (CuratorFramework stranger = stranger()) {
            assertThat(stranger.checkExists().forPath("/millrace-app_1")).isNull();
        }
    }

    private ZooKeeperLeaderElection election(int sessionTimeoutMs) {
        return new ZooKeeperLeaderElection(
                new ZooKeeperSettings(
                        server.getConnectString(),
                        "/",
                        sessionTimeoutMs,
                        5_000,
                        new ZooKeeperSasl(true, "zookeeper", "Client")),
                "app_1",
                KEY);
    }

    private CuratorFramework stranger() {
        CuratorFramework client =
                CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(1));
        client.start();
        return client;
    }

    /** What a listener heard, in order. */
    private static final class Heard implements LeaderElection.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void onElected(long epoch) {
            events.add("elected " + epoch);
        }

        @Override
        public void onSuspended() {
            events.add("suspended");
        }

        @Override
        public void onLost(String reason) {
            events.add("lost: " + reason);
        }

        String next() throws InterruptedException {
            String event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("nothing was heard within 60 s").isNotNull();
            return event;
        }

        boolean nothingMore() {
            return events.isEmpty();
        }
    }
}
