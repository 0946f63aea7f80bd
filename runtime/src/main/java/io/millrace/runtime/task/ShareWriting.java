package io.millrace.runtime.task;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.SavepointTables;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.TaskSnapshot;
import io.millrace.runtime.checkpoint.WorkerTables;
import io.millrace.runtime.message.ToWorker.TriggerCheckpoint;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ChainedOperator;
import io.millrace.runtime.plan.JobVertex;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes tables of what one worker has of one savepoint, without whoever writes what tasks froze
 * waiting for them: large parts pass to their tables as they come, all else is first written to the
 * local disk. Confined to one thread at a time.
 */
/* Columns take twice as long as copying rows does. What is frozen, were it held for so long, would keep the
 * values of before in a heap whose keys all change meanwhile: up to twice the state. The local file also gives
 * key groups of all tasks in order, which is what merges small parts into few files. Tables whose writers rest
 * are made of it alone: rests are only without harm when no task is waited for. */
final class ShareWriting {
    private static final Logger LOG = LoggerFactory.getLogger(ShareWriting.class);

    private final TriggerCheckpoint trigger;
    private final SavepointSetup setup;
    private final String workerId;
    private final SnapshotPace pace;
    private final Executor tablesThread;
    private final CheckpointDirectory local;
    private final SavepointTables format;
    private final WorkerTables tables;
    private final PassingParts passing;

    /**
     * What is to be answered.
     *
     * @param tasks without what is in tables
     * @param file what {@link SavepointTables#finish} must know
     */
    record Written(List<TaskSnapshot> tasks, StoredFile file) {}

    /**
     * @param tablesThread where what was written is removed
     * @throws MillraceException {@code INVALID_OPTION} if nothing here writes tables
     */
    ShareWriting(
            TriggerCheckpoint trigger,
            SavepointSetup setup,
            String workerId,
            SnapshotPace pace,
            Executor tablesThread)
            throws IOException {
        this.trigger = trigger;
        this.setup = setup;
        this.workerId = workerId;
        this.pace = pace;
        this.tablesThread = tablesThread;
        this.local =
                CheckpointDirectory.of(
                        new Path(
                                setup.local()
                                        .resolve(Long.toString(trigger.checkpointId()))
                                        .toUri()),
                        trigger.jobId());
        this.format = setup.tables().get().orElseThrow(ShareWriting::missing);
        this.tables = format.begin(directory(), pace);
        this.passing = new PassingParts(tables, local, pace, setup.settings().ownFileBytes());
    }

    private static MillraceException missing() {
        return new MillraceException(
                ErrorCode.INVALID_OPTION,
                "a worker cannot write a savepoint as tables: millrace-savepoint is not on its"
                        + " class path. Add it, or ask for a savepoint of the type native, of which"
                        + " 'millrace savepoint convert' makes tables.");
    }

    /** The file that all parts share but those that pass to tables. */
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
     * Where an operator of a task writes.
     *
     * @param file of {@link #file}
     */
    SegmentOutput outputOf(SegmentFile file, AttemptId attempt, int operatorIndex) {
        if (pace.rests()) {
            return file;
        }
        JobVertex vertex = setup.graph().vertex(attempt.vertexId());
        ChainedOperator operator = vertex.operators().get(operatorIndex);
        return passing.of(
                file,
                new OperatorEntry(
                        operator.identity(),
                        operator.name(),
                        vertex.parallelism(),
                        vertex.maxParallelism(),
                        List.of()),
                attempt.subtask());
    }

    /** Bytes of what passes to tables. */
    long passedBytes() {
        return passing.passedBytes();
    }

    /**
     * Whether there is something to {@link #write}.
     *
     * @param file of {@link #file}; empty if there was nothing for it
     */
    boolean hasTables(Optional<StoredFile> file) {
        return passing.passedBytes() > 0 || file.isPresent() && !file.get().isInManifest();
    }

    /**
     * Writes the tables, or removes what it has written.
     *
     * @param file as above; gone afterwards
     */
    Written write(List<TaskSnapshot> tasks, Optional<StoredFile> file) throws IOException {
        try {
            List<StoredFile> files = file.stream().toList();
            SegmentSource segments = new StoredSegments(local, LocalCopies.NONE, files);
            SavepointShare share =
                    SavepointShare.of(setup.graph(), trigger, tasks, files, segments);
            byte[] written = tables.finish(share.written(), segments);
            String name =
                    CheckpointDirectory.segmentFile(
                            trigger.epoch(), trigger.checkpointId(), workerId);
            return new Written(share.told(), StoredFile.inManifest(name, written));
        } catch (IOException | RuntimeException | Error e) {
            tables.abandon();
            throw e;
        } finally {
            removeLocal();
        }
    }

    private Path directory() {
        return new Path(trigger.savepoint().path());
    }

    /** Nobody wants it any more. */
    void remove(Written written) {
        format.remove(written.file().content(), directory());
    }

    /** Nobody wants what there is; not to be called once it is being written. */
    void drop() {
        tablesThread.execute(
                () -> {
                    tables.abandon();
                    removeLocal();
                });
    }

    private void removeLocal() {
        try (passing) {
            local.files().delete(local.root(), true);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "What a savepoint has left on the local disk stays. path={} cause={}",
                    local.root(),
                    e.toString());
        }
    }
}
