package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.client.HdfsAdmin;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.datanode.DataNodeTestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Durable files on a real NameNode and three DataNodes. */
@Timeout(180)
class DurableFilesTest {
    private static final byte[] BYTES = new byte[3 << 20]; // more than a block

    @TempDir static java.nio.file.Path temp;
    private static MiniDFSCluster cluster;
    private static DistributedFileSystem hdfs;

    private final DurableFiles files = new DurableFiles(hdfs);

    @BeforeAll
    static void start() throws IOException {
        new Random(1).nextBytes(BYTES);
        Configuration configuration = new HdfsConfiguration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temp.resolve("dfs").toString());
        configuration.setInt("dfs.replication", 1);
        configuration.setLong("dfs.blocksize", 1 << 20);
        configuration.set(
                CommonConfigurationKeysPublic.HADOOP_SECURITY_KEY_PROVIDER_PATH,
                "jceks://file" + temp.resolve("keys.jks"));
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(3).build();
        cluster.waitActive();
        hdfs = cluster.getFileSystem();
        // A provider in a file keeps what is new to itself.
        hdfs.getClient().setKeyProvider(cluster.getNameNode().getNamesystem().getProvider());
    }

    @AfterAll
    static void stop() {
        cluster.shutdown();
    }

    private void write(Path path) throws IOException {
        try (FSDataOutputStream out = files.create(path)) {
            out.write(BYTES);
        }
    }

    private static byte[] read(Path path) throws IOException {
        return DFSTestUtil.readFileAsBytes(hdfs, path);
    }

    @Test
    void whatIsWrittenIsReadAndNotWrittenAgain() throws IOException {
        Path path = new Path("/plain/below/file");
        write(path);

        assertThat(read(path)).isEqualTo(BYTES);
        assertThatThrownBy(() -> files.create(path)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void inAnEncryptionZoneTheyAreEncrypted() throws Exception {
        Path zone = new Path("/zone");
        DFSTestUtil.createKey("key", cluster, hdfs.getConf());
        hdfs.mkdirs(zone);
        new HdfsAdmin(hdfs.getUri(), hdfs.getConf()).createEncryptionZone(zone, "key");
        write(new Path(zone, "file"));

        assertThat(read(new Path(zone, "file"))).isEqualTo(BYTES);
        assertThat(read(new Path("/.reserved/raw/zone/file")))
                .hasSameSizeAs(BYTES)
                .isNotEqualTo(BYTES);
    }

    @Test
    void anErasureCodedDirectoryHasThemInParts() throws IOException {
        Path directory = new Path("/coded");
        hdfs.mkdirs(directory);
        hdfs.enableErasureCodingPolicy("XOR-2-1-1024k");
        hdfs.setErasureCodingPolicy(directory, "XOR-2-1-1024k");
        write(new Path(directory, "file"));

        assertThat(read(new Path(directory, "file"))).isEqualTo(BYTES);
        assertThat(hdfs.getFileStatus(new Path(directory, "file")).isErasureCoded()).isTrue();
    }

    @Test
    void aCloseIsAskedAgainUntilTheLastBlockIsReported() throws Exception {
        Path path = new Path("/late");
        CompletableFuture<Void> written;
        cluster.getDataNodes().forEach(DataNodeTestUtils::pauseIBR);
        try {
            written = CompletableFuture.runAsync(() -> writeSmall(path));
            Await.until(
                    "the file was asked for twice",
                    () -> files.delay().nanos(),
                    nanos -> nanos > 2 * BlockReportDelay.FIRST_NANOS);
            assertThat(written).isNotDone();
        } finally {
            for (DataNode node : cluster.getDataNodes()) {
                DataNodeTestUtils.resumeIBR(node);
                DataNodeTestUtils.triggerBlockReport(node);
            }
        }
        written.get();

        assertThat(read(path)).containsExactly(1, 2, 3);
    }

    private void writeSmall(Path path) {
        try (FSDataOutputStream out = files.create(path)) {
            out.write(new byte[] {1, 2, 3});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatWasDeletedMeanwhileCannotBeClosed() throws IOException {
        Path path = new Path("/deleted");
        FSDataOutputStream out = files.create(path);
        out.write(1);
        out.hflush();
        hdfs.delete(path, false);

        assertThatThrownBy(out::close)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/deleted");
        assertThat(hdfs.exists(path)).isFalse();
    }

    /** As the one of Hadoop that has several file systems behind one name. */
    @Test
    void anotherKindOfFileSystemWritesThemItself() throws IOException {
        try (DistributedFileSystem other = new DistributedFileSystem() {}) {
            other.initialize(hdfs.getUri(), hdfs.getConf());
            DurableFiles durable = new DurableFiles(other);
            Path path = new Path("/of-another-kind");
            try (FSDataOutputStream out = durable.create(path)) {
                out.write(BYTES);
            }

            assertThat(read(path)).isEqualTo(BYTES);
            assertThat(durable.delay().nanos())
                    .as("nobody has waited")
                    .isEqualTo(BlockReportDelay.FIRST_NANOS);
        }
    }
}
