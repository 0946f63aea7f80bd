package io.millrace.rocks;

import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.FrozenState;
import io.millrace.runtime.checkpoint.SegmentOutput;
import io.millrace.runtime.checkpoint.StatePart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.Snapshot;

/**
 * A database at a freeze, with what it lacked of the state then, to be written row by row in the
 * form that every back end reads.
 */
final class FrozenRows implements FrozenState {
    private static final String GIVEN_UP = "the checkpoint was given up before it was written";

    private final FlushQueue queue;
    private final Database database;
    private final Flush flush;
    private final PinnedRows rows;
    private final List<RowsWriter> tables;
    private volatile boolean closed; // set by who closes, read by who writes

    FrozenRows(
            Database database,
            FlushQueue queue,
            Flush flush,
            PinnedRows rows,
            List<RowsWriter> tables) {
        this.database = database;
        this.queue = queue;
        this.flush = flush;
        this.rows = rows;
        this.tables = tables;
    }

    @Override
    public List<StatePart> writeTo(SegmentOutput out) throws IOException {
        if (!database.lease()) {
            throw new IOException("the task has ended before its state was written");
        }
        try {
            queue.settle(flush);
            Snapshot snapshot = rows.beginReading();
            if (snapshot == null) {
                throw new IOException(GIVEN_UP);
            }
            try {
                List<StatePart> parts = new ArrayList<>();
                for (RowsWriter table : tables) {
                    parts.add(table.writeTo(out, snapshot));
                }
                if (closed) {
                    throw new IOException(GIVEN_UP); // not all that had changed was there
                }
                return parts;
            } finally {
                rows.endReading();
            }
        } catch (MillraceException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            database.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        tables.forEach(RowsWriter::abandon);
        flush.abandon();
        rows.close();
    }
}
