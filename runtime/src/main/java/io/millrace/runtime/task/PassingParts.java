package io.millrace.runtime.task;

import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.LocalCopies;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.PartOutput;
import io.millrace.runtime.checkpoint.PassingSegment;
import io.millrace.runtime.checkpoint.Piece;
import io.millrace.runtime.checkpoint.SegmentFile;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.SegmentRef;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.SnapshotPace;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.StoredSegments;
import io.millrace.runtime.checkpoint.WorkerTables;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The keyed parts of a worker on their way into the tables of a savepoint. Confined to a snapshot
 * thread.
 */
final class PassingParts implements AutoCloseable {
    private static final String PASSING = "passing";

    private final WorkerTables tables;
    private final PassingFile passing;
    private final SegmentSource source;
    private final SegmentBuffers buffers = new SegmentBuffers();
    private final long ownFileBytes;
    private long passedBytes;

    /**
     * @param tables used, not owned
     * @param local where the file of all parts lies; what passes to tables waits there, too
     * @param ownFileBytes a part of more passes to a table of its own
     */
    PassingParts(
            WorkerTables tables, CheckpointDirectory local, SnapshotPace pace, long ownFileBytes) {
        this.tables = tables;
        this.passing =
                new PassingFile(
                        Path.of(local.root().toUri()).resolve(PASSING),
                        pace.beginHolding(),
                        buffers);
        this.source = new StoredSegments(local, LocalCopies.NONE, List.of());
        this.ownFileBytes = ownFileBytes;
    }

    /**
     * Where a subtask of an operator writes.
     *
     * @param file that all parts share, for all but large ones
     * @param operator without subtasks
     */
    SegmentOutput of(SegmentFile file, OperatorEntry operator, int subtask) {
        return new SegmentOutput() {
            @Override
            public SegmentRef append(Body body) throws IOException {
                return file.append(body);
            }

            @Override
            public BinaryWriter takeBuffer() {
                return file.takeBuffer();
            }

            @Override
            public void giveBack(BinaryWriter buffer) {
                file.giveBack(buffer);
            }

            @Override
            public PartOutput begin(StatePart part) {
                return new PassingPart(
                        PassingParts.this, file, () -> tables.begin(operator, subtask, part));
            }
        };
    }

    long ownFileBytes() {
        return ownFileBytes;
    }

    /** A segment that waits for its table. */
    PassingSegment waiting(BinaryWriter full, int firstKeyGroup, int lastKeyGroup)
            throws IOException {
        passedBytes += full.size();
        return passing.add(full, firstKeyGroup, lastKeyGroup);
    }

    /** A segment of the file that all parts share. */
    PassingSegment appended(Piece.Stored piece) {
        return new AppendedSegment(piece, source, buffers);
    }

    /** Of what has passed to tables. */
    long passedBytes() {
        return passedBytes;
    }

    /** Nobody reads any more; what was on the disk stays. */
    @Override
    public void close() throws IOException {
        passing.close();
    }
}
