package io.millrace.yarn.submit;

import io.millrace.api.fault.FaultPoint;
import io.millrace.hdfs.HadoopErrors;
import io.millrace.yarn.launch.ContainerLayout;
import io.millrace.yarn.launch.LocalArchive;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Function;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.yarn.api.records.LocalResource;
import org.apache.hadoop.yarn.api.records.LocalResourceType;
import org.apache.hadoop.yarn.api.records.LocalResourceVisibility;
import org.apache.hadoop.yarn.api.records.URL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one application on the cluster's file system, {@code staging/<application id>}
 * below the staging root, readable by its owner only. Thread-safe.
 *
 * <p>The application master removes it at its end. What a killed client or a crashed master leaves
 * behind is removed by {@link #removeAbandoned} of the next submission.
 */
final class Staging {
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);
    private static final FsPermission OWNER_ONLY = new FsPermission((short) 0700);

    /** A submission of another host takes less; after that it counts as dead. */
    private static final long ABANDONED_AFTER_MS = 60 * 60 * 1000;

    private static final int MAX_REMOVED_AT_ONCE = 100;

    private final FileSystem files;
    private final Path directory;

    private Staging(FileSystem files, Path directory) {
        this.files = files;
        this.directory = directory;
    }

    /** Makes the directory, with a marker of who is submitting. */
    static Staging create(FileSystem files, Path root, String applicationId) {
        Path directory = new Path(new Path(root, "staging"), applicationId);
        try {
            // One by one: the mode counts for the last directory only.
            if (!files.mkdirs(directory.getParent(), OWNER_ONLY)
                    || !files.mkdirs(directory, OWNER_ONLY)) {
                throw new IOException("cannot make it");
            }
            FaultPoint.STAGING_MADE.hit();
            files.create(new Path(directory, Submitter.ofThisProcess().markerName()), true).close();
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "write to the staging directory", directory);
        }
        return new Staging(files, directory);
    }

    /** The directory of an application that may or may not have one. */
    static Staging of(FileSystem files, Path root, String applicationId) {
        return new Staging(files, new Path(new Path(root, "staging"), applicationId));
    }

    Path directory() {
        return directory;
    }

    /** What the cluster knows of an application. */
    enum Fate {
        ALIVE,
        ENDED,
        /** Never submitted, or forgotten long after its end. */
        UNKNOWN
    }

    /** What fills an archive. */
    interface Content {
        void writeTo(StoredZip zip) throws IOException;
    }

    /** Uploads the application's archive. */
    LocalArchive upload(Content content) {
        Path target = new Path(directory, ContainerLayout.ARCHIVE);
        try {
            FSDataOutputStream out = files.create(target, false);
            FaultPoint.STAGING_UPLOAD_BEGUN.hit();
            try (StoredZip zip = new StoredZip(out)) {
                content.writeTo(zip);
            }
            FileStatus status = files.getFileStatus(target);
            return new LocalArchive(
                    target.toString(), status.getLen(), status.getModificationTime(), false);
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "upload the application to", target);
        }
    }

    /** Uploads a keytab, readable by its owner only. */
    LocalResource uploadKeytab(java.nio.file.Path keytab) {
        Path target = new Path(directory, ContainerLayout.KEYTAB);
        try {
            try (FSDataOutputStream out =
                    FileSystem.create(files, target, new FsPermission((short) 0600))) {
                Files.copy(keytab, out);
            }
            FileStatus status = files.getFileStatus(target);
            return LocalResource.newInstance(
                    URL.fromPath(target),
                    LocalResourceType.FILE,
                    LocalResourceVisibility.APPLICATION,
                    status.getLen(),
                    status.getModificationTime());
        } catch (IOException e) {
            throw HadoopErrors.explain(e, "upload the keytab " + keytab + " to", target);
        }
    }

    void remove() {
        try {
            files.delete(directory, true);
        } catch (IOException e) {
            LOG.warn(
                    "a staging directory was left behind path={} cause={}",
                    directory,
                    e.toString());
        }
    }

    /**
     * Removes the directories of applications that do not run and will not, and half-written
     * library archives of dead processes. Failing here must not fail the caller's submission: it
     * warns.
     *
     * @param fateOf what the cluster knows of an application
     * @return how many were removed
     */
    static int removeAbandoned(
            FileSystem files, Path root, Function<String, Fate> fateOf, long nowMs) {
        int removed = 0;
        try {
            for (FileStatus found : list(files, new Path(root, "staging"))) {
                String applicationId = found.getPath().getName();
                if (removed == MAX_REMOVED_AT_ONCE) {
                    break;
                }
                boolean abandoned =
                        switch (fateOf.apply(applicationId)) {
                            case ALIVE -> false;
                            case ENDED -> true;
                            case UNKNOWN -> !beingSubmitted(files, found, nowMs);
                        };
                if (abandoned) {
                    files.delete(found.getPath(), true);
                    removed++;
                }
            }
            for (FileStatus found : list(files, new Path(root, "lib"))) {
                Submitter writer = Submitter.parse(found.getPath().getName());
                if (writer != null && (writer.hasEnded() || isOld(found, nowMs))) {
                    files.delete(found.getPath(), false);
                    removed++;
                }
            }
        } catch (IOException e) {
            LOG.warn("abandoned files were not removed path={} cause={}", root, e.toString());
        }
        return removed;
    }

    private static boolean beingSubmitted(FileSystem files, FileStatus directory, long nowMs)
            throws IOException {
        for (FileStatus file : list(files, directory.getPath())) {
            Submitter submitter = Submitter.parse(file.getPath().getName());
            if (submitter != null) {
                return !submitter.hasEnded() && !isOld(directory, nowMs);
            }
        }
        // Made a moment ago, its marker not yet: leave it to the next one.
        return nowMs - directory.getModificationTime() < 60_000;
    }

    private static boolean isOld(FileStatus status, long nowMs) {
        return nowMs - status.getModificationTime() > ABANDONED_AFTER_MS;
    }

    private static FileStatus[] list(FileSystem files, Path directory) throws IOException {
        try {
            return files.listStatus(directory);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }
}
