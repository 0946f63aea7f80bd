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
import org.apache.hadoop.fs.GlobalStorageStatistics;
import org.apache.hadoop.hdfs.DFSOpsCountStatistics;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.DistributedFileSystem;
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
    void eachBlockTellsTheHostsOfItsReplicas() throws Exception {
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
            awaitReplicas(cluster.getFileSystem(), path);
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
            assertListingTellsTheSame(cluster.getFileSystem(), path, blocks);
        }
    }

    /** A file is closed when one DataNode has reported each block; the NameNode hears of more. */
    private static void awaitReplicas(DistributedFileSystem hdfs, Path path) throws Exception {
        DFSTestUtil.waitReplication(
                hdfs, new org.apache.hadoop.fs.Path(path.toString()), (short) 2);
    }

    private static void assertListingTellsTheSame(
            DistributedFileSystem hdfs, Path path, BlockLocation[] asked) throws IOException {
        FileSystem files = new HadoopFileSystem(hdfs);
        FileStatus[] listed = files.listWithBlocks(new Path("/"));
        long before = calls();
        assertThat(listed)
                .extracting(FileStatus::getPath)
                .extracting(Path::getName)
                .contains("input");
        for (FileStatus each : listed) {
            if (each.getPath().getName().equals(path.getName())) {
                BlockLocation[] all = files.getFileBlockLocations(each, 0, each.getLen());
                assertThat(all)
                        .extracting(BlockLocation::getOffset)
                        .containsExactly(0L, 1L << 20, 2L << 20);
                for (int i = 0; i < all.length; i++) {
                    assertThat(all[i].getHosts()).containsExactlyInAnyOrder(asked[i].getHosts());
                }
                assertThat(files.getFileBlockLocations(each, BLOCK_BYTES, BLOCK_BYTES))
                        .extracting(BlockLocation::getOffset)
                        .containsExactly((long) BLOCK_BYTES);
            }
        }
        assertThat(calls()).as("calls for blocks").isEqualTo(before);
        files.getFileBlockLocations(files.getFileStatus(path), 0, 1);
        assertThat(calls()).as("calls for blocks").isEqualTo(before + 1);
    }

    private static long calls() {
        return GlobalStorageStatistics.INSTANCE
                .get(DFSOpsCountStatistics.NAME)
                .getLong("op_get_file_block_locations");
    }
}
