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

    /** Writes one changed entry. Confined to who settles. */
    @FunctionalInterface
    interface EntryWriter {
        void write(Object key, Object namespaceOrNull, Object change, BatchBuilder batch);
    }

    /** What has changed in one table, and who writes that. */
    record Table(TableFreeze changes, EntryWriter writer) {
        void write(int segment, int index, BatchBuilder batch) {
            TableChanges some = changes.of(segment);
            writer.write(some.key(index), some.namespaceOrNull(index), some.change(index), batch);
        }
    }

    private final Database database;
    private final List<Table> tables;
    private volatile Capture capture; // set to NONE by who closes the frozen state early
    private volatile boolean settled; // written by who settles, read by the task
    private final BatchBuilder batch = new BatchBuilder(0);

    // How far it is: the next entry that is in no batch that was written.
    private int table;
    private int segment;
    private int entry;

    Flush(Database database, List<Table> tables, Capture capture) {
        this.database = database;
        this.tables = tables;
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
        while (table < tables.size()) {
            writeBatch();
        }
        capture.take();
        settled = true;
    }

    /** Writes one batch, or nothing and fails: a batch is written whole or not at all. */
    private void writeBatch() {
        int atTable = table;
        int atSegment = segment;
        int atEntry = entry;
        batch.clear();
        while (atTable < tables.size() && batch.sizeBytes() < BATCH_BYTES) {
            Table current = tables.get(atTable);
            int entries = current.changes().of(atSegment).size();
            while (atEntry < entries && batch.sizeBytes() < BATCH_BYTES) {
                current.write(atSegment, atEntry++, batch);
            }
            if (atEntry == entries) {
                atEntry = 0;
                if (++atSegment == current.changes().segments()) {
                    atSegment = 0;
                    atTable++;
                }
            }
        }
        database.write(batch);
        letGo(atTable, atSegment);
        entry = atEntry;
    }

    /** Entries of segments that are written whole. */
    private void letGo(int untilTable, int untilSegment) {
        while (table < untilTable || table == untilTable && segment < untilSegment) {
            TableFreeze changes = tables.get(table).changes();
            changes.of(segment).clear();
            if (++segment == changes.segments()) {
                segment = 0;
                table++;
            }
        }
    }
}
