package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.BlockLocation;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.IOException;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where blocks lie, on a real NameNode with DataNodes of different hosts. */
@Timeout(180)
class BlockPlacesTest {
    private static final int BLOCK_BYTES = 1 << 20;

    @TempDir java.nio.file.Path temp;

    @Test
    void eachBlockTellsTheHostsOfItsReplicas() throws IOException {
        Configuration configuration = new HdfsConfiguration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temp.toString());
        configuration.setInt("dfs.replication", 2);
        configuration.setInt("dfs.blocksize", BLOCK_BYTES);
        String[] hosts = {"node-1.test", "node-2.test", "node-3.test"};
        try (MiniDFSCluster cluster =
                new MiniDFSCluster.Builder(configuration).numDataNodes(3).hosts(hosts).build()) {
            cluster.waitActive();
            FileSystem files = new HadoopFileSystem(cluster.getFileSystem());
            Path path = new Path("/input");
            try (FSDataOutputStream out = files.create(path, FileSystem.WriteMode.NO_OVERWRITE)) {
                out.write(new byte[2 * BLOCK_BYTES + 1]);
            }
            FileStatus status = files.getFileStatus(path);

            BlockLocation[] blocks = files.getFileBlockLocations(status, 0, status.getLen());

            assertThat(blocks)
                    .extracting(BlockLocation::getOffset)
                    .containsExactly(0L, (long) BLOCK_BYTES, 2L * BLOCK_BYTES);
            for (BlockLocation block : blocks) {
                assertThat(new TreeSet<>(java.util.List.of(block.getHosts())))
                        .hasSize(2)
                        .isSubsetOf(hosts);
            }
            assertThat(files.isDistributedFS()).isTrue();
        }
    }
}
