package io.millrace.yarn.submit;

import io.millrace.api.fault.FaultPoint;
import io.millrace.hdfs.HadoopErrors;
import io.millrace.yarn.launch.LocalArchive;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's libraries on the cluster: {@code lib/<hash>.zip} below the staging root, written
 * once for each content and never changed. Thread-safe.
 *
 * <p>Concurrent uploads of the same content write files of their own and rename; the first one
 * wins.
 */
final class LibraryStore {
    private static final Logger LOG = LoggerFactory.getLogger(LibraryStore.class);
    private static final FsPermission DIRECTORY = new FsPermission((short) 0755);
    private static final FsPermission FILE = new FsPermission((short) 0644);

    private final FileSystem files;
    private final Path directory;

    /**
     * @param root the staging root, with file system
     */
    LibraryStore(FileSystem files, Path root) {
        this.files = files;
        this.directory = new Path(root, "lib");
    }

    /** The archive of this plan; uploaded if it is not there yet. */
    LocalArchive provide(LibraryPlan plan) {
        Path target = new Path(directory, plan.hash() + ".zip");
        try {
            FileStatus there = find(target);
            if (there != null && there.getLen() != StoredZip.lengthBytes(plan.entries())) {
                LOG.warn("a library archive of wrong size was replaced path={}", target);
                files.delete(target, false);
                there = null;
            }
            if (there == null) {
                upload(plan, target);
                there = files.getFileStatus(target);
            }
            return new LocalArchive(
                    target.toString(),
                    there.getLen(),
                    there.getModificationTime(),
                    readableByAll(there));
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "upload the libraries to", target);
        }
    }

    /** Removes what this process has begun to upload and not finished; safe beside the upload. */
    void discardUnfinished() {
        try {
            for (FileStatus found : files.listStatus(directory)) {
                if (found.getPath().getName().endsWith(Submitter.ofThisProcess().markerName())) {
                    files.delete(found.getPath(), false);
                }
            }
        } catch (IOException e) {
            LOG.debug("nothing to discard in {}", directory, e);
        }
    }

    private void upload(LibraryPlan plan, Path target) throws IOException {
        long beganNanos = System.nanoTime();
        Path part = new Path(directory, Submitter.ofThisProcess().partName(plan.hash()));
        if (!files.mkdirs(directory, DIRECTORY)) {
            throw new IOException("cannot make " + directory);
        }
        try {
            try (StoredZip zip = new StoredZip(files.create(part, true))) {
                for (LibraryPlan.Entry entry : plan.entries()) {
                    zip.add(entry.name(), entry.file(), entry.sizeBytes(), entry.crc());
                }
            }
            files.setPermission(part, FILE);
            FaultPoint.LIBRARIES_BEFORE_RENAME.hit();
            if (!files.rename(part, target) && find(target) == null) {
                throw new IOException("cannot rename " + part);
            }
            FaultPoint.LIBRARIES_RENAMED.hit();
        } finally {
            files.delete(part, false);
        }
        LOG.info(
                "libraries were uploaded path={} files={} bytes={} ms={}",
                target,
                plan.entries().size(),
                plan.sizeBytes(),
                (System.nanoTime() - beganNanos) / 1_000_000);
    }

    private FileStatus find(Path path) throws IOException {
        try {
            return files.getFileStatus(path);
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    /**
     * Whether nodes may keep one copy for all users: the file and the way to it are open to others.
     */
    private boolean readableByAll(FileStatus file) throws IOException {
        if (!file.getPermission().getOtherAction().implies(FsAction.READ)) {
            return false;
        }
        for (Path up = file.getPath().getParent(); up != null; up = up.getParent()) {
            FsPermission permission = files.getFileStatus(up).getPermission();
            if (!permission.getOtherAction().implies(FsAction.EXECUTE)) {
                return false;
            }
        }
        return true;
    }
}
