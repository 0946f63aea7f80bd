package io.millrace.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.FaultPoint.Room;
import io.millrace.api.fault.SimulatedCrash;
import io.millrace.api.testing.Await;
import io.millrace.coordinator.lead.LeaderElection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A leader crashes at each point of the journal and of its election; the next one goes on. */
@Timeout(120)
class DurableStateCrashTest {
    @TempDir Path directory;
    private FileSystem files;

    static List<FaultPoint> journal() {
        return FaultPoint.of(Room.JOURNAL);
    }

    static List<FaultPoint> leadership() {
        return FaultPoint.of(Room.LEADERSHIP);
    }

    @BeforeEach
    void openFileSystem() throws Exception {
        files = new RawLocalFileSystem();
        files.initialize(URI.create("file:///"), new Configuration());
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    private HdfsJournalStore open(long epoch) {
        return HdfsJournalStore.open(
                files,
                new org.apache.hadoop.fs.Path(directory.toUri().toString() + "journal"),
                epoch);
    }

    private static void append(HdfsJournalStore store, String entry) {
        store.append(entry.getBytes(UTF_8));
    }

    private static List<String> read(HdfsJournalStore store) {
        return store.readAll().stream().map(bytes -> new String(bytes, UTF_8)).toList();
    }

    @ParameterizedTest
    @MethodSource("journal")
    void whatWasDurableBeforeTheCrashIsReadAndNothingIsHalf(FaultPoint point) {
        append(open(1), "a");
        System.setProperty(FaultPoint.CRASH_AT, point.name());
        assertThatThrownBy(
                        () -> {
                            HdfsJournalStore second = open(2);
                            append(second, "b");
                        })
                .isInstanceOf(SimulatedCrash.class);

        HdfsJournalStore third = open(3);
        append(third, "c");

        List<String> entries = read(open(4));
        if (point == FaultPoint.JOURNAL_WRITTEN) {
            assertThat(entries).containsExactly("a", "b", "c");
        } else {
            assertThat(entries).containsExactly("a", "c");
        }
    }

    @ParameterizedTest
    @MethodSource("leadership")
    void theNextCandidateLeadsInAHigherEpoch(FaultPoint point) throws Exception {
        try (TestingServer server = new TestingServer()) {
            assertThat(elect(server)).isEqualTo("elected 1");
            System.setProperty(FaultPoint.CRASH_AT, point.name());
            try (ZooKeeperLeaderElection crashing = election(server)) {
                crashing.start(new Heard());
                awaitCrash();
            }

            // An epoch that its leader did not live to know is spent.
            assertThat(elect(server))
                    .isEqualTo(point == FaultPoint.EPOCH_WRITTEN ? "elected 3" : "elected 2");
        }
    }

    private static void awaitCrash() {
        Await.until(
                "the point has been passed",
                () -> System.getProperty(FaultPoint.CRASH_AT),
                Objects::isNull);
    }

    private static String elect(TestingServer server) throws Exception {
        Heard heard = new Heard();
        try (ZooKeeperLeaderElection election = election(server)) {
            election.start(heard);
            return heard.events.poll(60, TimeUnit.SECONDS);
        }
    }

    private static ZooKeeperLeaderElection election(TestingServer server) {
        return new ZooKeeperLeaderElection(
                new ZooKeeperSettings(
                        server.getConnectString(),
                        "/",
                        30_000,
                        5_000,
                        new ZooKeeperSasl(true, "zookeeper", "Client")),
                "app_1",
                "0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    }

    /** What a candidate was told. */
    private static final class Heard implements LeaderElection.Listener {
        final BlockingQueue<String> events = new LinkedBlockingQueue<>();

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
    }
}
