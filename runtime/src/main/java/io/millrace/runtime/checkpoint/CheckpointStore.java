package io.millrace.runtime.checkpoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileErrors;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one job on storage, as the leader keeps them. Confined to a storage thread.
 *
 * <p>A checkpoint goes {@link #write}, {@link #publish}, then sinks commit, then {@link #delete} of
 * what is not needed any more. It exists if and only if the pointer names it.
 */
public final class CheckpointStore {
    /*
     * The pointer is what counts: it holds length and checksum of the manifest, so a half-written one is
     * never taken. Tools, which do not see the pointer, take a whole manifest whose files are there for
     * complete. It may be one that the pointer was about to name when the job's last leader died: nothing
     * was committed behind the checkpoint before, so it is as good a start.
     */
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

    /** Every so many checkpoints somebody looks whether those before are still there. */
    static final int MOST_UNSEEN = 4;

    private final CheckpointDirectory directory;
    private final FileSystem files;
    private final PointerStore pointers;
    private final long epoch;
    private final JobMarker marker;
    private final SparedCheckpoints spared;
    private int unseen = MOST_UNSEEN; // manifests since the job's directory was last seen

    private CheckpointStore(
            CheckpointDirectory directory, PointerStore pointers, long epoch, JobMarker marker) {
        this.directory = directory;
        this.files = directory.files();
        this.pointers = pointers;
        this.epoch = epoch;
        this.marker = marker;
        this.spared = new SparedCheckpoints(directory);
    }

    /**
     * Opens the directory of a job before it runs, and makes it if it is not there.
     *
     * @param pointers stays open; the caller closes it
     * @param marker whose the directory is to be
     * @throws MillraceException {@code PERMISSION_DENIED} or {@code STORAGE_FAILED} if it cannot be
     *     written, {@code INVALID_OPTION} if it is a file or of another job
     */
    public static CheckpointStore open(
            CheckpointDirectory directory, PointerStore pointers, long epoch, JobMarker marker) {
        CheckpointStore store = new CheckpointStore(directory, pointers, epoch, marker);
        try {
            store.requireDirectory();
            store.files.mkdirs(directory.path());
            store.files.requireWritable(directory.path());
            store.mark();
        } catch (IOException e) {
            throw FileErrors.of(e, directory.path(), "prepare the directory of checkpoints");
        }
        return store;
    }

    /** The one place that may say how a checkpoint's files are named. */
    public CheckpointDirectory directory() {
        return directory;
    }

    private void requireDirectory() throws IOException {
        try {
            if (!files.getFileStatus(directory.root()).isDir()) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "checkpoints are to go to "
                                + directory.root()
                                + ", which is a file. Name a directory.");
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            LOG.debug("the directory of checkpoints is made path={}", directory.root());
        }
    }

    private void mark() throws IOException {
        if (!files.exists(directory.marker())) {
            Path aside = directory.marker().suffix(".new");
            files.delete(aside, false);
            try (FSDataOutputStream out = files.createDurable(aside)) {
                out.write(marker.encode());
            }
            files.rename(aside, directory.marker());
        }
        try (var in = files.open(directory.marker())) {
            JobMarker found = JobMarker.read(in, directory.marker());
            if (!found.jobId().equals(marker.jobId()) || !found.owner().equals(marker.owner())) {
                throw new MillraceException(
                        ErrorCode.INVALID_OPTION,
                        "the directory of checkpoints "
                                + directory.path()
                                + " is used by job "
                                + found.jobId()
                                + " ('"
                                + found.jobName()
                                + "') of "
                                + found.owner()
                                + ", not by job "
                                + marker.jobId()
                                + " of "
                                + marker.owner()
                                + ". Name another directory.");
            }
        }
    }

    /**
     * The pointer, or null if the job has never had a checkpoint. A leader reads it first.
     *
     * @throws MillraceException of {@link PointerStore#read}
     */
    public Pointer pointer() {
        return pointers.read(directory.jobId().hex());
    }

    /**
     * Writes a manifest that no pointer names yet. Its files are durable already.
     *
     * @throws MillraceException {@code STORAGE_FAILED} or {@code PERMISSION_DENIED}: there is no
     *     such checkpoint; its files may be removed with {@link #abort}. {@code
     *     CHECKPOINT_FILE_CORRUPT}: the same, and files of earlier ones are gone
     */
    public CheckpointRecord write(Manifest manifest) {
        FaultPoint.CHECKPOINT_BEFORE_MANIFEST.hit();
        byte[] bytes = ManifestCodec.encode(manifest);
        Path path = directory.manifest(manifest.epoch(), manifest.checkpointId());
        try {
            requireSharedFiles(manifest);
            try (FSDataOutputStream out = files.createDurable(path)) {
                out.write(bytes, 0, bytes.length / 2);
                FaultPoint.CHECKPOINT_MANIFEST_HALF_WRITTEN.hit();
                out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
                FaultPoint.CHECKPOINT_MANIFEST_BEFORE_CLOSE.hit();
            }
        } catch (IOException e) {
            throw FileErrors.of(
                    e, path, "store the manifest of checkpoint " + manifest.checkpointId());
        }
        FaultPoint.CHECKPOINT_BEFORE_POINTER.hit();
        return new CheckpointRecord(
                manifest.checkpointId(),
                manifest.epoch(),
                manifest.epoch()
                        + "/"
                        + manifest.checkpointId()
                        + "/"
                        + CheckpointDirectory.MANIFEST,
                bytes.length,
                Envelope.crc(bytes, bytes.length));
    }

    /**
     * Whether what earlier checkpoints wrote can still be there: one look, only if it is needed and
     * neither a look nor the deletion of something old has shown it lately.
     */
    private void requireSharedFiles(Manifest manifest) throws IOException {
        String own = CheckpointFiles.of(manifest).directory() + "/";
        boolean shares =
                CheckpointFiles.of(manifest).files().stream()
                        .anyMatch(
                                file ->
                                        CheckpointDirectory.isRelative(file)
                                                && !file.startsWith(own));
        if (!shares || ++unseen <= MOST_UNSEEN) {
            return;
        }
        if (!files.exists(directory.marker())) {
            mark();
            unseen = 0;
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "checkpoint "
                            + manifest.checkpointId()
                            + " cannot be completed: the directory "
                            + directory.path()
                            + " was removed while the job ran, and with it files of earlier"
                            + " checkpoints. No earlier checkpoint can be restored; the next one is"
                            + " written whole, and can.");
        }
        unseen = 1;
    }

    /**
     * Makes the pointer name checkpoints. When this has returned they exist.
     *
     * @throws MillraceException as {@link PointerStore#write}
     */
    public void publish(Pointer pointer) {
        pointers.write(pointer, epoch);
        FaultPoint.CHECKPOINT_POINTER_DURABLE.hit();
    }

    /**
     * The manifest of a checkpoint that the pointer names.
     *
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} or {@code CHECKPOINT_INCOMPATIBLE};
     *     {@code STORAGE_FAILED} if storage does not answer
     */
    public Manifest read(CheckpointRecord record) {
        Path path = directory.manifest(record.epoch(), record.checkpointId());
        try {
            byte[] bytes = StoredManifest.bytes(files, path);
            int crc = Envelope.crc(bytes, bytes.length);
            if (bytes.length != record.manifestLength() || crc != record.manifestCrc32c()) {
                throw Damage.of(
                        String.format(
                                "%s has %d bytes and the checksum %08x; the pointer says %d bytes"
                                        + " and %08x",
                                path,
                                bytes.length,
                                crc,
                                record.manifestLength(),
                                record.manifestCrc32c()));
            }
            return StoredManifest.decode(
                    bytes, path, directory.jobId(), record.epoch(), record.checkpointId());
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw Damage.missing(path, e);
        } catch (IOException e) {
            throw FileErrors.of(e, path, "read checkpoint " + record.checkpointId());
        }
    }

    /** Removes the files of a checkpoint that the pointer has never named and never will. */
    public void abort(long checkpointId) {
        remove(directory.checkpoint(EpochParts.of(epoch, checkpointId), checkpointId), true);
    }

    /**
     * Removes what no checkpoint needs; what cannot be removed is logged and left to {@code
     * millrace checkpoint gc}. What a fork has marked goes at a later call, when the mark has gone.
     */
    public void delete(Garbage over) {
        FaultPoint.CHECKPOINT_BEFORE_DELETE.hit();
        deleteNow(spared.release(over));
    }

    private void deleteNow(Garbage garbage) {
        for (String one : garbage.directories()) {
            Path path = new Path(directory.path(), one);
            if (!files.isDistributedFS()) {
                // HDFS removes a tree in one step. Elsewhere the manifest goes first, so that no
                // complete checkpoint lacks files.
                removeManifests(path);
                FaultPoint.CHECKPOINT_HALF_DELETED.hit();
            }
            try {
                if (files.delete(path, true)) {
                    unseen = 0;
                } else {
                    unseen = MOST_UNSEEN;
                    LOG.warn("a checkpoint was removed by somebody else path={}", path);
                }
            } catch (IOException | MillraceException e) {
                logLeft(path, e);
            }
            FaultPoint.CHECKPOINT_HALF_DELETED.hit();
        }
        for (String one : garbage.files()) {
            remove(new Path(directory.path(), one), false);
            FaultPoint.CHECKPOINT_HALF_DELETED.hit();
        }
    }

    /**
     * Removes what leaders before this one have left: unfinished checkpoints, and files that they
     * had no time to delete. Once, before the first checkpoint of this epoch is triggered.
     *
     * @param retained all that the pointer names
     */
    public void deleteOrphans(List<CheckpointFiles> retained) {
        Garbage orphans = Garbage.orphans(list(), retained, EpochParts.of(epoch, 0));
        if (!orphans.isEmpty()) {
            LOG.info(
                    "files of earlier leaders are deleted directories={} files={}",
                    orphans.directories().size(),
                    orphans.files().size());
            delete(orphans);
        }
    }

    private List<Garbage.Found> list() {
        try {
            return StoredManifest.list(directory);
        } catch (IOException e) {
            LOG.warn("files of earlier leaders are left path={} cause={}", directory, e.toString());
            return List.of();
        }
    }

    /**
     * Removes all checkpoints of a job that has ended for good, and its pointer. What a fork has
     * marked stays, and is then a checkpoint of a job that has ended.
     */
    public void deleteAll() {
        pointers.remove(directory.jobId().hex(), epoch);
        Optional<List<CheckpointFiles>> needed = spared.needed();
        if (needed.isPresent() && needed.get().isEmpty()) {
            remove(directory.path(), true);
            return;
        }
        LOG.warn(
                "Checkpoints of a job that has ended stay, because other jobs may have been started"
                        + " from them. 'millrace checkpoint list' shows what is left. path={}",
                directory);
        if (needed.isPresent()) {
            deleteNow(Garbage.orphans(list(), needed.get(), Long.MAX_VALUE));
        }
    }

    /** That of a checkpoint, or those of all in a part of an epoch. */
    private void removeManifests(Path path) {
        remove(new Path(path, CheckpointDirectory.MANIFEST), false);
        try {
            for (FileStatus child : files.listStatus(path)) {
                if (child.isDir()) {
                    remove(new Path(child.getPath(), CheckpointDirectory.MANIFEST), false);
                }
            }
        } catch (FileNotFoundException | NoSuchFileException e) {
            LOG.debug("nothing is left there path={}", path);
        } catch (IOException | MillraceException e) {
            logLeft(path, e);
        }
    }

    private void remove(Path path, boolean recursive) {
        try {
            files.delete(path, recursive);
        } catch (IOException | MillraceException e) {
            logLeft(path, e);
        }
    }

    private static void logLeft(Path path, Exception cause) {
        LOG.warn("a file of a checkpoint is left path={} cause={}", path, cause.toString());
    }
}
