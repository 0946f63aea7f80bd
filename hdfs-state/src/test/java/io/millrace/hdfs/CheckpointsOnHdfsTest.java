package io.millrace.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointFiles;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.CheckpointStore;
import io.millrace.runtime.checkpoint.EpochParts;
import io.millrace.runtime.checkpoint.FilePointerStore;
import io.millrace.runtime.checkpoint.Garbage;
import io.millrace.runtime.checkpoint.JobMarker;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SpentDirectories;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.metrics2.AbstractMetric;
import org.apache.hadoop.metrics2.MetricsRecord;
import org.apache.hadoop.metrics2.impl.MetricsCollectorImpl;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on a real NameNode and DataNode. */
@Timeout(180)
class CheckpointsOnHdfsTest {
    private static final int WORKERS = 2;
    private static final int TASKS = 20;

    @TempDir static java.nio.file.Path temp;
    private static MiniDFSCluster cluster;
    private static DistributedFileSystem hdfs;
    private static int jobs;

    private final String jobId = String.format("%032x", ++jobs);
    private final List<CheckpointRecord> records = new ArrayList<>();
    private final List<Manifest> manifests = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new HdfsConfiguration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temp.toString());
        configuration.setInt("dfs.replication", 1);
        configuration.setInt("dfs.namenode.handler.count", 1); // see calls()
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        hdfs = cluster.getFileSystem();
    }

    @AfterAll
    static void stop() {
        cluster.shutdown();
    }

    private static Path root() {
        return new Path(hdfs.getUri() + "/checkpoints");
    }

    private CheckpointStore open(FileSystem files, long epoch) {
        HadoopFileSystem api = new HadoopFileSystem(files);
        return CheckpointStore.open(
                new CheckpointDirectory(api, root(), new JobId(jobId)),
                new FilePointerStore(api, new Path(hdfs.getUri() + "/pointers"), epoch),
                epoch,
                new JobMarker(jobId, "job", "application_1", 0));
    }

    private org.apache.hadoop.fs.Path path(String name) {
        return new org.apache.hadoop.fs.Path(root() + "/" + jobId + "/" + name);
    }

    private static String directory(long id) {
        return EpochParts.of(1, id) + "/" + id;
    }

    /** The files of all workers, each with a segment of every task. */
    private Manifest write(CheckpointStore store, long id, List<StoredFile> shared)
            throws IOException {
        return write(store, id, shared, 0);
    }

    private Manifest write(
            CheckpointStore store, long id, List<StoredFile> shared, int mostInManifest)
            throws IOException {
        List<StoredFile> files = new ArrayList<>(shared);
        List<SubtaskEntry> subtasks = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            try (SegmentFile file =
                    new SegmentFile(
                            store.directory(),
                            EpochParts.of(1, id),
                            id,
                            "worker-" + worker,
                            LocalCopies.NONE,
                            mostInManifest)) {
                for (int task = 0; task < TASKS; task++) {
                    byte[] state = ("state of " + worker + "/" + task).repeat(100).getBytes(UTF_8);
                    SegmentRef segment = file.append(out -> out.write(state));
                    subtasks.add(
                            new SubtaskEntry(
                                    false,
                                    List.of(
                                            new StatePart(
                                                    StatePart.Kind.KEYED,
                                                    "state",
                                                    "tables/1",
                                                    0,
                                                    3,
                                                    0,
                                                    new byte[0],
                                                    List.of(new Piece.Stored(segment, 0, 3)))),
                                    List.of()));
                }
                files.add(file.finish().orElseThrow());
            }
        }
        return new Manifest(
                jobId,
                "job",
                EpochParts.of(1, id),
                id,
                1000 + id,
                shared.isEmpty() ? CheckpointKind.FULL : CheckpointKind.INCREMENTAL,
                List.of(new OperatorEntry("op", "Op", subtasks.size(), 128, subtasks)),
                List.of(),
                List.of(),
                files);
    }

    private CheckpointRecord complete(CheckpointStore store, long id) throws IOException {
        Manifest manifest = write(store, id, List.of());
        CheckpointRecord record = store.write(manifest);
        manifests.add(manifest);
        records.add(record);
        store.publish(new Pointer(jobId, "job", root().toString(), id, records));
        return record;
    }

    private static List<String> damages(CheckpointStore store, CheckpointRecord record) {
        return Verification.of(store.directory(), store.read(record), Verification.Pace.FULL)
                .damages();
    }

    @Test
    void aCheckpointIsWrittenReadAndDeleted() throws IOException {
        CheckpointStore store = open(hdfs, 1);
        CheckpointRecord first = complete(store, 1);
        CheckpointRecord second = complete(store, 2);

        SegmentRef segment = store.read(first).segments().findFirst().orElseThrow();
        try (InputStream in = new StoredSegments(store.directory()).open(segment)) {
            assertThat(in.readAllBytes()).startsWith("state of 0/0".getBytes(UTF_8));
        }
        assertThat(damages(store, second)).isEmpty();

        store.publish(new Pointer(jobId, "job", root().toString(), 2, List.of(second)));
        store.delete(
                Garbage.released(
                        List.of(CheckpointFiles.of(manifests.get(0))),
                        List.of(CheckpointFiles.of(manifests.get(1)))));
        assertThat(hdfs.exists(path(directory(1)))).isFalse();

        CheckpointStore next = open(hdfs, 2);
        assertThat(next.pointer().retained()).containsExactly(second);
        assertThat(damages(next, second)).isEmpty();
    }

    /** The figure stands in docs/design/checkpoints.md. */
    @Test
    void aCheckpointOfTwoWorkersTakesNineCallsOfTheNameNode() throws Exception {
        CheckpointStore store = open(hdfs, 1);
        complete(store, 1);
        long syncsBefore = syncs();

        Map<String, Long> before = calls();
        Manifest manifest = write(store, 2, List.of());
        CheckpointRecord record = store.write(manifest);
        Map<String, Long> written = since(before);

        Pointer pointer =
                new Pointer(jobId, "job", root().toString(), 2, List.of(records.get(0), record));
        before = calls();
        store.publish(pointer);
        Map<String, Long> published = since(before);

        before = calls();
        store.delete(
                Garbage.released(
                        List.of(CheckpointFiles.of(manifests.get(0))),
                        List.of(CheckpointFiles.of(manifest))));
        Map<String, Long> deleted = since(before);

        // A complete() that comes before the DataNode's report is asked again.
        long repeated = written.get("Complete") - (WORKERS + 1);
        written.remove("Complete");
        assertThat(written).isEqualTo(Map.of("Create", 3L, "AddBlock", 3L));
        assertThat(repeated).as("how often is up to the DataNode").isNotNegative();
        // The pointer lies on HDFS only in this test.
        assertThat(published).doesNotContainKeys("Rename", "Rename2");
        assertThat(deleted).isEqualTo(Map.of("Delete", 1L, "GetListing", 1L));
        assertThat(syncs() - syncsBefore).as("blocks synced").isGreaterThanOrEqualTo(WORKERS + 1);
    }

    /** Each shares what the one before has written, and takes its place. */
    @Test
    void smallOnesAreDeletedEightAtATimeAndLookedForEveryFourth() throws Exception {
        int count = 24;
        CheckpointStore store = open(hdfs, 1);
        SpentDirectories spent = new SpentDirectories();
        Manifest last = write(store, 1, List.of());
        store.write(last);
        Map<String, Long> before = calls();
        for (long id = 2; id < 2 + count; id++) {
            List<StoredFile> shared =
                    last.files().subList(last.files().size() - WORKERS, last.files().size());
            Manifest next = write(store, id, shared);
            store.write(next);
            List<CheckpointFiles> dropped = List.of(CheckpointFiles.of(last));
            List<CheckpointFiles> retained = List.of(CheckpointFiles.of(next));
            Garbage garbage =
                    spent.take(
                            Garbage.released(dropped, retained),
                            dropped,
                            retained,
                            EpochParts.of(1, id + 1));
            if (!garbage.isEmpty()) {
                store.delete(garbage);
            }
            last = next;
        }
        Map<String, Long> calls = since(before);

        assertThat(calls).containsEntry("Create", 3L * count).containsEntry("AddBlock", 3L * count);
        assertThat(calls).containsEntry("Delete", (long) count / EpochParts.SIZE);
        assertThat(calls.get("GetFileInfo")).isBetween(1L, (long) count / 4);
        assertThat(hdfs.listStatus(path("."))).as("parts, and the marker").hasSizeLessThan(4);
    }

    @Test
    void aCheckpointThatLiesInItsManifestTakesThree() throws Exception {
        CheckpointStore store = open(hdfs, 1);
        complete(store, 1);

        Map<String, Long> before = calls();
        Manifest manifest = write(store, 2, List.of(), 1 << 20);
        CheckpointRecord record = store.write(manifest);
        Map<String, Long> written = since(before);

        written.remove("Complete"); // once, or more: see above
        assertThat(written).isEqualTo(Map.of("Create", 1L, "AddBlock", 1L));
        assertThat(store.read(record).files()).hasSize(WORKERS).allMatch(StoredFile::isInManifest);
        assertThat(damages(store, record)).isEmpty();
    }

    @Test
    void aCheckpointThatSharesFilesTakesOneCallMore() throws Exception {
        CheckpointStore store = open(hdfs, 1);
        complete(store, 1);
        Manifest manifest = write(store, 2, manifests.get(0).files());

        Map<String, Long> before = calls();
        store.write(manifest);
        Map<String, Long> written = since(before);

        written.remove("Complete");
        assertThat(written).isEqualTo(Map.of("Create", 1L, "AddBlock", 1L, "GetFileInfo", 1L));
    }

    /**
     * All calls of clients until now by method, as the NameNode counts them. It counts a call when
     * it has answered it. Since one thread answers all of them, every call has been counted when a
     * later one is answered.
     */
    private static Map<String, Long> calls() throws IOException {
        hdfs.getClient().getNamenode().getStats();
        List<String> ofClients = new ArrayList<>();
        for (var method : ClientProtocol.class.getMethods()) {
            ofClients.add(
                    Character.toUpperCase(method.getName().charAt(0))
                            + method.getName().substring(1));
        }
        ofClients.add("Rename2");
        // The call above, and one that clients make from time to time whatever else they do.
        ofClients.removeAll(List.of("GetStats", "RenewLease"));
        String port = String.valueOf(cluster.getNameNodePort());
        Map<String, Long> calls = metrics("RpcDetailedActivityForPort" + port);
        Map<String, Long> counts = new TreeMap<>();
        for (String method : ofClients) {
            Long count = calls.get(method + "NumOps");
            if (count != null) {
                counts.put(method, count);
            }
        }
        return counts;
    }

    /** As they are now; JMX shows them as they were some seconds ago. */
    private static Map<String, Long> metrics(String source) {
        MetricsCollectorImpl collector = new MetricsCollectorImpl();
        DefaultMetricsSystem.instance().getSource(source).getMetrics(collector, true);
        Map<String, Long> values = new TreeMap<>();
        for (MetricsRecord record : collector.getRecords()) {
            for (AbstractMetric metric : record.metrics()) {
                values.put(metric.name(), metric.value().longValue());
            }
        }
        return values;
    }

    private static Map<String, Long> since(Map<String, Long> before) throws IOException {
        Map<String, Long> now = calls();
        before.forEach((method, count) -> now.merge(method, -count, Long::sum));
        now.values().removeIf(count -> count == 0);
        return now;
    }

    private static long syncs() {
        return metrics(cluster.getDataNodes().get(0).getMetrics().name()).get("FsyncCount");
    }

    private static void assertCode(ErrorCode code, Failing body, String... parts) {
        assertThatThrownBy(body::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }

    /** Something that should fail. */
    private interface Failing {
        void run() throws Exception;
    }

    @Test
    void aStrangerMayNotWriteAndLearnsItBeforeTheJobRuns() throws Exception {
        open(hdfs, 1);
        UserGroupInformation stranger = UserGroupInformation.createRemoteUser("stranger");
        FileSystem theirs =
                stranger.doAs(
                        (java.security.PrivilegedExceptionAction<FileSystem>)
                                () -> FileSystem.newInstance(hdfs.getUri(), hdfs.getConf()));

        assertCode(
                ErrorCode.PERMISSION_DENIED,
                () -> open(theirs, 1),
                "prepare the directory of checkpoints",
                jobId);
    }

    @Test
    void aFullDirectoryFailsTheCheckpointAndTheNextOneSucceeds() throws Exception {
        CheckpointStore store = open(hdfs, 1);
        complete(store, 1);
        hdfs.setQuota(path("."), HdfsConstants.QUOTA_DONT_SET, 1000);

        assertThatThrownBy(() -> write(store, 2, List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("quota");
        store.abort(2);
        assertThat(hdfs.exists(path(directory(2)))).isFalse();

        hdfs.setQuota(path("."), HdfsConstants.QUOTA_DONT_SET, HdfsConstants.QUOTA_RESET);
        assertThat(damages(store, complete(store, 3))).isEmpty();
    }

    @Test
    void aNameNodeInSafeModeFailsTheCheckpointAndTheNextOneSucceeds() throws Exception {
        CheckpointStore store = open(hdfs, 1);
        Manifest manifest = write(store, 1, List.of());
        cluster.getNameNodeRpc().setSafeMode(HdfsConstants.SafeModeAction.SAFEMODE_ENTER, false);
        try {
            assertCode(
                    ErrorCode.STORAGE_FAILED,
                    () -> store.write(manifest),
                    "manifest of checkpoint 1",
                    "safe mode");
        } finally {
            cluster.getNameNodeRpc()
                    .setSafeMode(HdfsConstants.SafeModeAction.SAFEMODE_LEAVE, false);
        }
        assertThat(damages(store, complete(store, 2))).isEmpty();
    }

    @Test
    void aBlockThatIsDamagedOnItsDiskIsFound() throws Exception {
        CheckpointStore store = open(hdfs, 1);
        CheckpointRecord record = complete(store, 1);
        cluster.corruptReplica(
                0, DFSTestUtil.getFirstBlock(hdfs, path(directory(1) + "/worker-1.seg")));

        assertThat(damages(store, record))
                .singleElement()
                .asString()
                .contains(directory(1) + "/worker-1.seg cannot be read");
    }

    @Test
    void aDirectoryThatWasRemovedFailsWhatNeedsItAndTheNextFullCheckpointIsWhole()
            throws Exception {
        CheckpointStore store = open(hdfs, 1);
        complete(store, 1);
        hdfs.delete(path("."), true);

        Manifest second = write(store, 2, manifests.get(0).files());
        assertCode(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                () -> store.write(second),
                "was removed while the job ran");

        records.clear();
        assertThat(damages(store, complete(store, 3))).isEmpty();
    }
}
