package io.millrace.rocks;

import java.util.List;

/**
 * What one freeze has found changed, on its way to the database. Made by the task; settled by
 * whoever holds the lock of {@link FlushQueue}.
 */
final class Flush {
    private static final int BATCH_BYTES = 128 << 10;

    /** What a freeze keeps of the database as it was then. */
    interface Capture {
        /** Called once, when all changes up to the freeze are in the database, and no more. */
        void take();

        Capture NONE = () -> {};
    }

    private final Database database;
    private final List<TableChanges> changes;
    private volatile Capture capture; // set to NONE by who closes the frozen state early
    private volatile boolean settled; // written by who settles, read by the task
    private int table;
    private int entry;

    Flush(Database database, List<TableChanges> changes, Capture capture) {
        this.database = database;
        this.changes = changes;
        this.capture = capture;
    }

    boolean settled() {
        return settled;
    }

    /** Nobody wants to know any more how the database was; the changes still have to go there. */
    void abandon() {
        capture = Capture.NONE;
    }

    /** Goes on where an earlier call has failed. */
    void settle() {
        BatchBuilder batch = new BatchBuilder(BATCH_BYTES + BATCH_BYTES / 4);
        while (table < changes.size()) {
            TableChanges some = changes.get(table);
            int next = entry;
            while (next < some.size() && batch.sizeBytes() < BATCH_BYTES) {
                some.write(next++, batch);
            }
            if (batch.sizeBytes() >= BATCH_BYTES || next == some.size()) {
                database.write(batch);
                batch.clear();
            }
            entry = next;
            if (next == some.size()) {
                some.clear();
                table++;
                entry = 0;
            }
        }
        capture.take();
        settled = true;
    }
}
