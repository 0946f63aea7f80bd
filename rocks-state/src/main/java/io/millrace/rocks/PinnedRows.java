package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import org.rocksdb.Snapshot;

/** All rows of a database as they were at a freeze. Thread-safe. */
final class PinnedRows implements Flush.Capture, AutoCloseable {
    private final Database database;
    private Snapshot snapshot; // guarded by this
    private boolean reading; // guarded by this
    private boolean closed; // guarded by this

    PinnedRows(Database database) {
        this.database = database;
    }

    @Override
    public synchronized void take() {
        if (closed || snapshot != null) {
            return;
        }
        // The snapshot must go before the database does.
        if (!database.lease()) {
            throw new MillraceException(ErrorCode.INTERNAL, "a database was settled after its end");
        }
        snapshot = database.snapshot();
    }

    /** Null if it was closed; otherwise {@link #endReading} must follow. */
    synchronized Snapshot beginReading() {
        reading = snapshot != null && !closed;
        return reading ? snapshot : null;
    }

    synchronized void endReading() {
        reading = false;
        letGo();
    }

    @Override
    public synchronized void close() {
        closed = true;
        letGo();
    }

    private void letGo() {
        if (closed && !reading && snapshot != null) {
            database.release(snapshot);
            snapshot = null;
            database.release();
        }
    }
}
