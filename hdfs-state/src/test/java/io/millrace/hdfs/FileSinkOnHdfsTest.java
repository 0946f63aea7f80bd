package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem;
import io.millrace.api.metric.SinkCommitterMetricGroup;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.sink.CommitCounts;
import io.millrace.api.sink.CommitRequests;
import io.millrace.api.sink.Committer;
import io.millrace.api.sink.CommitterInitContext;
import io.millrace.api.sink.CommittingSinkWriter;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.WriterInitContext;
import io.millrace.api.testing.Await;
import io.millrace.api.testing.FakeTask;
import io.millrace.api.time.ProcessingTimeService;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSinkCommittable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exactly-once file sink on a real NameNode that restarts, and whose leases are taken away. A
 * reader sees each line once, whatever happened, and nobody waits for a lease.
 */
@Timeout(180)
class FileSinkOnHdfsTest {

    @TempDir static java.nio.file.Path temp;
    private static MiniDFSCluster cluster;
    private static DistributedFileSystem hdfs;

    private final FakeTask task = FakeTask.only();
    private Path output;
    private FileSink<String> sink;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new HdfsConfiguration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temp.resolve("dfs").toString());
        configuration.setInt("dfs.replication", 1);
        configuration.setInt("dfs.namenode.safemode.extension", 0);
        configuration.setInt("dfs.heartbeat.interval", 1); // with which blocks are recovered
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        hdfs = cluster.getFileSystem();
        HadoopFileSystemFactory.install(hdfs.getConf());
    }

    @AfterAll
    static void stop() {
        FileSystem.install(List.of(), URI.create("file:///"));
        cluster.shutdown();
    }

    @BeforeEach
    void sink(TestInfo test) {
        output = new Path("/" + test.getTestMethod().orElseThrow().getName());
        sink =
                FileSink.forRowFormat(
                                new io.millrace.api.file.Path(output.toString()),
                                new SimpleStringEncoder<String>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .build();
    }

    /** A subtask whose time stands still. */
    private WriterInitContext subtask() {
        ProcessingTimeService time =
                new ProcessingTimeService() {
                    @Override
                    public long getCurrentProcessingTime() {
                        return 0;
                    }

                    @Override
                    public java.util.concurrent.ScheduledFuture<?> registerTimer(
                            long timestamp, ProcessingTimeCallback target) {
                        return null;
                    }
                };
        return (WriterInitContext)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {WriterInitContext.class},
                        (proxy, method, arguments) -> {
                            if (method.getReturnType() == ProcessingTimeService.class) {
                                return time;
                            }
                            try {
                                return method.invoke(task, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @SuppressWarnings("unchecked") // by FileSink
    private CommittingSinkWriter<String, FileSinkCommittable> writer() throws IOException {
        return (CommittingSinkWriter<String, FileSinkCommittable>) sink.createWriter(subtask());
    }

    private static void write(SinkWriter<String> writer, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            writer.write("line " + i, null);
        }
    }

    private void commit(Collection<FileSinkCommittable> committables) throws Exception {
        List<CommitRequests.One<FileSinkCommittable>> open = new ArrayList<>();
        committables.forEach(each -> open.add(new CommitRequests.One<>(each)));
        try (Committer<FileSinkCommittable> committer =
                sink.createCommitter(
                        (CommitterInitContext)
                                Proxy.newProxyInstance(
                                        getClass().getClassLoader(),
                                        new Class<?>[] {CommitterInitContext.class},
                                        (proxy, method, arguments) ->
                                                method.invoke(task, arguments)))) {
            committer.commit(List.copyOf(open));
        }
        assertThat(CommitRequests.wantingRetry(open, "files", counts())).isEmpty();
    }

    private CommitCounts counts() {
        return new CommitCounts(
                (SinkCommitterMetricGroup)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {SinkCommitterMetricGroup.class},
                                (proxy, method, arguments) ->
                                        method.getReturnType() == void.class
                                                ? null
                                                : new io.millrace.api.metric.SimpleCounter()));
    }

    private List<FileStatus> files(boolean staged) throws IOException {
        List<FileStatus> found = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> all = hdfs.listFiles(output, true);
        while (all.hasNext()) {
            FileStatus file = all.next();
            if (file.getPath().toString().contains("/.millrace-") == staged) {
                found.add(file);
            }
        }
        return found;
    }

    private void assertVisible(int lines) throws IOException {
        List<String> read = new ArrayList<>();
        for (FileStatus file : files(false)) {
            String text =
                    new String(
                            DFSTestUtil.readFileAsBytes(hdfs, file.getPath()),
                            StandardCharsets.UTF_8);
            text.lines().forEach(read::add);
        }
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, lines).mapToObj(i -> "line " + i).toList());
    }

    private static void restartNameNode() throws Exception {
        cluster.restartNameNode(true);
        cluster.waitActive();
    }

    @Test
    void aRestartWhileAFileIsWrittenIsWaitedFor() throws Exception {
        try (CommittingSinkWriter<String, FileSinkCommittable> writer = writer()) {
            write(writer, 0, 500);
            restartNameNode();
            write(writer, 500, 1_000);
            commit(writer.prepareCommit());
        }
        assertVisible(1_000);
        assertThat(files(true)).isEmpty();
    }

    @Test
    void aRestartBetweenPreparingAndCommittingLosesNothing() throws Exception {
        Collection<FileSinkCommittable> prepared;
        try (CommittingSinkWriter<String, FileSinkCommittable> writer = writer()) {
            write(writer, 0, 1_000);
            prepared = writer.prepareCommit();
            restartNameNode();
            assertVisible(0);
        }
        commit(prepared);
        restartNameNode();
        commit(prepared); // whoever did not hear of it commits again
        assertVisible(1_000);
    }

    @Test
    void aWriterWhoseLeaseWasTakenCommitsNothingAndItsSuccessorAll() throws Exception {
        CommittingSinkWriter<String, FileSinkCommittable> writer = writer();
        write(writer, 0, 1_000);
        Path staged = files(true).get(0).getPath();
        recoverLease(staged);

        assertThatThrownBy(writer::prepareCommit)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED))
                .hasMessageContaining(staged.getName());
        closeAnyhow(writer);

        try (CommittingSinkWriter<String, FileSinkCommittable> successor = writer()) {
            write(successor, 0, 1_000);
            commit(successor.prepareCommit());
        }
        assertVisible(1_000);
    }

    /** Once, and then asked for: asking again would begin the recovery anew. */
    private static void recoverLease(Path file) throws Exception {
        if (!hdfs.recoverLease(file)) {
            awaitClosed(file);
        }
    }

    private static void awaitClosed(Path file) throws IOException {
        Await.until(file + " is closed", () -> hdfs.isFileClosed(file), closed -> closed);
    }

    private static void closeAnyhow(CommittingSinkWriter<?, ?> writer) {
        try {
            writer.close();
        } catch (Exception gone) {
            // what it cannot remove goes with the staging directory
        }
    }

    @Test
    void theLeaseOfADeadWriterHoldsNobodyUp() throws Exception {
        CommittingSinkWriter<String, FileSinkCommittable> dead = writer();
        write(dead, 0, 500);
        Path left = files(true).get(0).getPath();
        assertThat(hdfs.isFileClosed(left)).as("it is open, as after kill -9").isFalse();
        restartNameNode(); // which knows the lease again

        try (CommittingSinkWriter<String, FileSinkCommittable> successor = writer()) {
            write(successor, 0, 1_000);
            commit(successor.prepareCommit());
        }
        assertVisible(1_000);
        assertThat(files(true)).extracting(FileStatus::getPath).containsExactly(left);
        sink.cleanUp(task);
        assertThat(files(true)).isEmpty();
        closeAnyhow(dead);
    }

    @Test
    void aFileThatIsShorterThanWhatWasPreparedIsNotMadeVisible() throws Exception {
        Collection<FileSinkCommittable> prepared;
        try (CommittingSinkWriter<String, FileSinkCommittable> writer = writer()) {
            write(writer, 0, 1_000);
            prepared = writer.prepareCommit();
        }
        Path staged = files(true).get(0).getPath();
        hdfs.truncate(staged, 100);
        awaitClosed(staged); // the last block is being cut

        assertThatThrownBy(() -> commit(prepared))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_LOSS))
                .hasMessageContainingAll(staged.getName(), "100 bytes");
        assertVisible(0);
    }
}
