package io.millrace.runtime.checkpoint;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.plan.JobId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/** Manifests in their files, and the directories that they lie in. Stateless. */
final class StoredManifest {
    private StoredManifest() {}

    /**
     * @throws FileNotFoundException or {@link NoSuchFileException} if there is none
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} or {@code CHECKPOINT_INCOMPATIBLE}
     */
    static byte[] bytes(FileSystem files, Path path) throws IOException {
        try (FSDataInputStream in = files.open(path)) {
            return ManifestCodec.read(in, path);
        }
    }

    /** Whether there is less of it than it says itself. */
    static boolean endsEarly(FileSystem files, Path path) throws IOException {
        try (FSDataInputStream in = files.open(path)) {
            return ManifestCodec.endsEarly(in);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return true;
        }
    }

    /**
     * Also checks that the manifest is at its place and that it names only files of checkpoints.
     */
    static Manifest decode(byte[] bytes, Path path, JobId jobId, long epoch, long checkpointId) {
        Manifest manifest = ManifestCodec.decode(bytes, path);
        if (!manifest.jobId().equals(jobId.hex())
                || manifest.epoch() != epoch
                || manifest.checkpointId() != checkpointId) {
            throw Damage.of(
                    path
                            + " is the manifest of checkpoint "
                            + manifest.checkpointId()
                            + " in epoch "
                            + manifest.epoch()
                            + " of job "
                            + manifest.jobId()
                            + ": it is at the wrong place");
        }
        return manifest;
    }

    /**
     * The directories of all checkpoints of a job, begun or complete; empty if there is none.
     *
     * <p>What is not of Millrace's layout is left out.
     */
    static List<Garbage.Found> list(CheckpointDirectory directory) throws IOException {
        List<Garbage.Found> found = new ArrayList<>();
        for (FileStatus epochs : children(directory.files(), directory.path())) {
            long epoch = CheckpointDirectory.number(epochs.getPath().getName());
            if (epoch < 0 || !epochs.isDir()) {
                continue;
            }
            Path epochPath = new Path(directory.path(), Long.toString(epoch));
            for (FileStatus ids : children(directory.files(), epochPath)) {
                long checkpointId = CheckpointDirectory.number(ids.getPath().getName());
                if (checkpointId < 0 || !ids.isDir()) {
                    continue;
                }
                List<String> names = new ArrayList<>();
                long modifiedAtMs = ids.getModificationTime();
                for (FileStatus file :
                        children(directory.files(), directory.checkpoint(epoch, checkpointId))) {
                    names.add(file.getPath().getName());
                    modifiedAtMs = Math.max(modifiedAtMs, file.getModificationTime());
                }
                found.add(new Garbage.Found(epoch, checkpointId, names, modifiedAtMs));
            }
        }
        return found;
    }

    private static FileStatus[] children(FileSystem files, Path path) throws IOException {
        try {
            return files.listStatus(path);
        } catch (FileNotFoundException | NoSuchFileException e) {
            return new FileStatus[0];
        }
    }
}
