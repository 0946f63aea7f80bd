package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryWriter;
import java.nio.file.Path;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes many rows into a table, key group by key group, as files that the database takes over.
 * Confined to the task.
 */
/* A file is of whole key groups if these are not large, as checkpoints have one after the other: then no two files
 * have keys in common, and nothing is ever merged. What is too little for a file, which costs some milliseconds, is
 * written as changes are. */
final class TableFiles {
    private static final int ENOUGH_BYTES = 4 << 20;
    private static final int MOST_BYTES = 16 << 20;
    private static final int FIRST_BYTES = 256 << 10;

    private final Database database;
    private final ColumnFamilyHandle table;
    private final int enoughBytes;
    private final int mostBytes;
    private final BatchBuilder batch = new BatchBuilder(FIRST_BYTES);
    private final SortedRun run = new SortedRun(batch);
    private int keyGroup; // of the last change
    private int files;

    TableFiles(Database database, ColumnFamilyHandle table) {
        this(database, table, ENOUGH_BYTES, MOST_BYTES);
    }

    /**
     * @param enoughBytes for a file, which ends with its key group
     * @param mostBytes that are held; a file ends anywhere
     */
    TableFiles(Database database, ColumnFamilyHandle table, int enoughBytes, int mostBytes) {
        this.database = database;
        this.table = table;
        this.enoughBytes = enoughBytes;
        this.mostBytes = mostBytes;
    }

    /** Replaces what there was. */
    void put(int group, BinaryWriter key, BinaryWriter value) {
        begin(group);
        batch.put(table.getID(), key, value);
    }

    /** Nothing happens if there is no such row. */
    void remove(int group, BinaryWriter key) {
        begin(group);
        batch.remove(table.getID(), key);
    }

    private void begin(int group) {
        if (hasBytes(mostBytes) || hasBytes(enoughBytes) && group != keyGroup) {
            writeFile();
        }
        keyGroup = group;
        run.begin();
    }

    private boolean hasBytes(int bytes) {
        return batch.count() > 0 && batch.sizeBytes() >= bytes;
    }

    /** Writes what is left. */
    void finish() {
        if (hasBytes(enoughBytes)) {
            writeFile();
            return;
        }
        database.write(batch);
        clear();
    }

    private void writeFile() {
        Path file = database.newFile(table.getID() + "-" + files++);
        try (EnvOptions how = new EnvOptions();
                Options options = database.fileOptions();
                SstFileWriter out = new SstFileWriter(how, options)) {
            run.writeTo(file, out);
        } catch (RocksDBException e) {
            throw database.failed("writing the rows of a checkpoint to " + file, e);
        }
        database.ingest(table, file);
        clear();
    }

    private void clear() {
        batch.clear();
        run.clear();
    }
}
