package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes tables of what one worker has of one savepoint. What tasks froze is first written to the
 * local disk, as fast as a checkpoint is, and let go; the tables are made of that. Confined to one
 * thread at a time.
 */
/* Columns take twice as long as copying rows does. Made from what is frozen it would hold that for
 * so long, and a heap whose keys all change meanwhile would have to keep the values of before: up to twice the
 * state. The local file also gives key groups of all tasks in order, which is what merges them into few files. */
final class ShareWriting {
    private static final Logger LOG = LoggerFactory.getLogger(ShareWriting.class);

    private final TriggerCheckpoint trigger;
    private final SavepointSetup setup;
    private final String workerId;
    private final SnapshotPace pace;
    private final SavepointTables tables;
    private final CheckpointDirectory local;

    /**
     * What is to be answered.
     *
     * @param tasks without what is in tables
     * @param file what {@link SavepointTables#finish} must know
     */
    record Written(List<TaskSnapshot> tasks, StoredFile file) {}

    /**
     * @throws MillraceException {@code INVALID_OPTION} if nothing here writes tables
     */
    ShareWriting(
            TriggerCheckpoint trigger, SavepointSetup setup, String workerId, SnapshotPace pace) {
        this.trigger = trigger;
        this.setup = setup;
        this.workerId = workerId;
        this.pace = pace;
        this.tables = setup.tables().get().orElseThrow(ShareWriting::missing);
        this.local =
                CheckpointDirectory.of(
                        new Path(
                                setup.local()
                                        .resolve(Long.toString(trigger.checkpointId()))
                                        .toUri()),
                        trigger.jobId());
    }

    private static MillraceException missing() {
        return new MillraceException(
                ErrorCode.INVALID_OPTION,
                "a worker cannot write a savepoint as tables: millrace-savepoint is not on its"
                        + " class path. Add it, or ask for a savepoint of the type native, of which"
                        + " 'millrace savepoint convert' makes tables.");
    }

    /** Where the tasks write. */
    SegmentFile file() {
        return new SegmentFile(
                local,
                trigger.epoch(),
                trigger.checkpointId(),
                workerId,
                trigger.mostInManifestBytes(),
                SegmentFile.Use.PASSING,
                pace.beginHolding());
    }

    /**
     * Writes the tables, or removes what it has written.
     *
     * @param file of {@link #file}; gone afterwards
     */
    Written write(List<TaskSnapshot> tasks, StoredFile file) throws IOException {
        try {
            SegmentSource segments = new StoredSegments(local, LocalCopies.NONE, List.of(file));
            SavepointShare share = SavepointShare.of(setup.graph(), trigger, tasks, file, segments);
            byte[] written = tables.writeShare(share.written(), segments, directory(), pace);
            return new Written(share.told(), StoredFile.inManifest(file.file(), written));
        } finally {
            removeLocal();
        }
    }

    private Path directory() {
        return new Path(trigger.savepoint().path());
    }

    /** Nobody wants it any more. */
    void remove(Written written) {
        tables.removeShare(written.file().content(), directory());
    }

    /** Removes what {@link #file} has left on the local disk. Idempotent. */
    void removeLocal() {
        try {
            local.files().delete(local.root(), true);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "What a savepoint has left on the local disk stays. path={} cause={}",
                    local.root(),
                    e.toString());
        }
    }
}
