package io.millrace.hdfs;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DFSClient;
import org.apache.hadoop.hdfs.DFSOutputStream;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.client.HdfsClientConfigKeys.BlockWrite;
import org.apache.hadoop.hdfs.protocol.ClientProtocol;

/**
 * Writes files on HDFS and closes them with one call of the NameNode where Hadoop's client needs
 * two: it leaves the DataNode the time to report the last block before it asks for the close. If
 * that is too short it asks again after {@value #REPEAT_MS} ms, and not after Hadoop's 400.
 * Thread-safe.
 *
 * <p>Hadoop's own client writes the files. Only its connection to the NameNode is this one, which
 * hands every call on to the file system's connection, and so shares its retries, fail-over and
 * credentials. Why so: {@code docs/design/checkpoints.md}.
 */
final class PatientClient {
    private static final int REPEAT_MS = 50;
    private static final int REPEATS = 9; // 50 ms doubled so often are 25 s; Hadoop's own, 12 s
    private static final String CLOSE = "complete";
    private static final int LAST_BLOCK =
            2; // among the arguments of a close; null of an empty file

    private final DistributedFileSystem files;
    private final DFSClient client;

    private PatientClient(DistributedFileSystem files, DFSClient client) {
        this.files = files;
        this.client = client;
    }

    /**
     * @param files stays open, and closes the connection
     */
    static PatientClient over(DistributedFileSystem files, BlockReportDelay delay)
            throws IOException {
        ClientProtocol nameNode = patient(files.getClient().getNamenode(), delay);
        return new PatientClient(
                files, new DFSClient(null, nameNode, repeatingSoon(files.getConf()), null));
    }

    /** Whether files of this class come out of it as its own {@code create} would make them. */
    static boolean serves(org.apache.hadoop.fs.FileSystem files) {
        // A subclass may have several NameNodes behind it.
        return files.getClass() == DistributedFileSystem.class;
    }

    /**
     * Creates a file whose blocks are on the DataNodes' disks when it is closed.
     *
     * @throws IOException as of {@link DistributedFileSystem#create}
     */
    FSDataOutputStream create(Path path, int bufferBytes) throws IOException {
        DFSOutputStream out =
                client.create(
                        files.makeQualified(path).toUri().getPath(),
                        FsPermission.getFileDefault(),
                        EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK),
                        files.getDefaultReplication(path),
                        files.getDefaultBlockSize(path),
                        null,
                        bufferBytes,
                        null);
        try {
            // The file system's client knows the keys of encryption zones.
            return files.getClient().createWrappedOutputStream(out, null);
        } catch (IOException | RuntimeException e) {
            closeAfter(e, out);
            throw e;
        }
    }

    private static void closeAfter(Exception failure, DFSOutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The cluster's settings of how a close is repeated hold if somebody has made them. */
    private static Configuration repeatingSoon(Configuration configuration) {
        if (HadoopSite.isSet(configuration, BlockWrite.LOCATEFOLLOWINGBLOCK_INITIAL_DELAY_MS_KEY)
                || HadoopSite.isSet(configuration, BlockWrite.LOCATEFOLLOWINGBLOCK_RETRIES_KEY)) {
            return configuration;
        }
        Configuration own = new Configuration(configuration);
        own.setInt(BlockWrite.LOCATEFOLLOWINGBLOCK_INITIAL_DELAY_MS_KEY, REPEAT_MS);
        own.setInt(BlockWrite.LOCATEFOLLOWINGBLOCK_RETRIES_KEY, REPEATS);
        return own;
    }

    private static ClientProtocol patient(ClientProtocol nameNode, BlockReportDelay delay) {
        return (ClientProtocol)
                Proxy.newProxyInstance(
                        ClientProtocol.class.getClassLoader(),
                        new Class<?>[] {ClientProtocol.class},
                        (self, method, arguments) -> {
                            if (!method.getName().equals(CLOSE) || arguments[LAST_BLOCK] == null) {
                                return call(nameNode, method, arguments);
                            }
                            LockSupport.parkNanos(delay.nanos());
                            Object complete = call(nameNode, method, arguments);
                            delay.answered((Boolean) complete);
                            return complete;
                        });
    }

    private static Object call(ClientProtocol nameNode, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(nameNode, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
