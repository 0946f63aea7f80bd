package io.millrace.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.SavedCheckpoint;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.Verification;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints on a real NameNode and DataNode. */
@Timeout(180)
class SavepointsOnHdfsTest {
    private static final JobId JOB = new JobId("a".repeat(32));

    @TempDir static java.nio.file.Path temp;
    private static MiniDFSCluster cluster;
    private static DistributedFileSystem hdfs;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new HdfsConfiguration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temp.toString());
        configuration.setInt("dfs.replication", 1);
        cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.waitActive();
        hdfs = cluster.getFileSystem();
        io.millrace.api.file.FileSystem.install(
                List.of(new HadoopFileSystemFactory()), URI.create("file:///"));
    }

    @AfterAll
    static void stop() {
        cluster.shutdown();
    }

    private static String chosen(String directory) {
        Path target = new Path(hdfs.getUri() + "/" + directory);
        return SavepointDirectory.choose(target, JOB, () -> "0123456789ab").toString();
    }

    private static Manifest written(String path) throws IOException {
        try (SegmentFile file =
                new SegmentFile(SavepointDirectory.of(path, JOB), 1, 7, "worker-1")) {
            file.append(out -> out.write("state".getBytes(UTF_8)));
            StoredFile stored = file.finish().orElseThrow();
            return new Manifest(
                    JOB.hex(),
                    "job",
                    1,
                    7,
                    1_000,
                    CheckpointKind.FULL,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(stored));
        }
    }

    private static org.apache.hadoop.fs.Path hadoop(String path) {
        return new org.apache.hadoop.fs.Path(path);
    }

    @Test
    void oneThatWasMovedIsWholeAndEveryByteIsRight() throws IOException {
        String path = chosen("savepoints");
        SavepointDirectory.store(path, written(path));
        hdfs.mkdirs(hadoop("/kept"));
        assertThat(hdfs.rename(hadoop(path), hadoop("/kept/before-the-upgrade"))).isTrue();

        SavedCheckpoint found =
                SavedCheckpoint.find(new Path(hdfs.getUri() + "/kept/before-the-upgrade"));

        assertThat(found.checkpointId()).isEqualTo(7);
        assertThat(
                        Verification.of(found.directory(), found.read(), Verification.Pace.FULL)
                                .isWhole())
                .isTrue();
        assertThat(SavepointDirectory.isWhole(path)).isFalse();
    }

    @Test
    void oneOfWhichFilesWereRemovedIsNoSavepoint() throws IOException {
        String path = chosen("removed");
        Manifest manifest = written(path);
        hdfs.delete(hadoop(path), true);

        assertThatThrownBy(() -> SavepointDirectory.store(path, manifest))
                .hasMessageContaining("CHECKPOINT_FILE_CORRUPT");
        assertThat(hdfs.exists(hadoop(path))).isFalse();
    }

    @Test
    void aQuotaThatIsFullIsNamed() throws IOException {
        hdfs.mkdirs(hadoop("/full"));
        hdfs.setQuota(hadoop("/full"), 3, Long.MAX_VALUE);

        assertThatThrownBy(
                        () -> {
                            String path = chosen("full");
                            SavepointDirectory.store(path, written(path));
                        })
                .hasMessageContaining("quota");
    }
}
