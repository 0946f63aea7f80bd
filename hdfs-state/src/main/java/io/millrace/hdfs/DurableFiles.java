package io.millrace.hdfs;

import java.io.IOException;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnresolvedLinkException;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on HDFS whose blocks are on the disks of their DataNodes when they are closed. Thread-safe.
 *
 * <p>They are written by a {@link PatientClient} where that can be, else by the file system itself:
 * the files are the same, only their closing may cost a call more and take longer.
 */
final class DurableFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DurableFiles.class);
    private static final int BUFFER_BYTES = 1 << 16;

    private final DistributedFileSystem files;
    private final BlockReportDelay delay = new BlockReportDelay();
    private PatientClient
            patient; // guarded by this: null until the first file, or if there is none
    private boolean looked; // guarded by this

    DurableFiles(DistributedFileSystem files) {
        this.files = files;
    }

    /**
     * Creates one, and missing directories above.
     *
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if it exists
     */
    FSDataOutputStream create(Path path) throws IOException {
        PatientClient client = patient();
        if (client != null) {
            try {
                return client.create(path, BUFFER_BYTES);
            } catch (UnresolvedLinkException e) {
                LOG.debug("a link of the file system's is on the way path={}", path);
            }
        }
        return files.create(
                path,
                FsPermission.getFileDefault(),
                EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK),
                BUFFER_BYTES,
                files.getDefaultReplication(path),
                files.getDefaultBlockSize(path),
                null);
    }

    /** How long closes wait at present. */
    BlockReportDelay delay() {
        return delay;
    }

    private synchronized PatientClient patient() {
        if (!looked) {
            looked = true;
            patient = open();
        }
        return patient;
    }

    private PatientClient open() {
        if (!PatientClient.serves(files)) {
            return null;
        }
        try {
            return PatientClient.over(files, delay);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "files are closed by Hadoop's client, which may ask the NameNode twice uri={}"
                            + " cause={}",
                    files.getUri(),
                    e.toString());
            return null;
        }
    }
}
