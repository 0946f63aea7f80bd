package io.millrace.rocks;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.serde.BinaryWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RocksDB in a directory of its own, without a log: what was not in a checkpoint is lost with
 * the process. Each table is a column family.
 *
 * <p>Thread-safe, but for {@link #createTable} and {@link #dropTable}. Who uses it on another
 * thread than its owner's takes a {@link #lease} first: the native memory goes with the last one.
 */
final class Database implements AutoCloseable {
    static final int NOT_FOUND = -1;

    /** What a database is opened for. */
    private enum Way {
        MAKE,
        CHANGE,
        READ
    }

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** RocksDB has a table of this name whether one wants it or not. */
    private static final byte[] UNUSED = "default".getBytes(StandardCharsets.UTF_8);

    private static final String PREFIX = "t:";

    private final Path directory;
    private final SharedMemory memory;
    private final RocksDB db;
    private final DBOptions options;
    private final ColumnFamilyOptions tableOptions;
    private final WriteOptions writes;
    private final ReadOptions reads;
    // Changed by the owner, also read by the governor's thread; guarded by itself.
    private final Map<String, ColumnFamilyHandle> tables = new LinkedHashMap<>();
    private final ColumnFamilyHandle unused;
    private int leases = 1; // guarded by this
    private boolean closed; // of the owner; guarded by this

    private Database(
            Path directory,
            SharedMemory memory,
            RocksDB db,
            DBOptions options,
            ColumnFamilyOptions tableOptions,
            List<String> names,
            List<ColumnFamilyHandle> handles) {
        this.directory = directory;
        this.memory = memory;
        this.db = db;
        this.options = options;
        this.tableOptions = tableOptions;
        this.writes = new WriteOptions().setDisableWAL(true);
        this.reads = new ReadOptions();
        this.unused = handles.get(0);
        for (int i = 0; i < names.size(); i++) {
            tables.put(names.get(i), handles.get(i + 1));
        }
    }

    /** Makes one without tables in an empty directory. */
    static Database make(Path directory, SharedMemory memory) throws RocksDBException {
        return open(directory, List.of(), memory, Way.MAKE);
    }

    /**
     * Opens what is in the directory.
     *
     * @param tables that are in it
     * @throws RocksDBException if files are missing or are not what RocksDB wrote, or the directory
     *     cannot be written to
     */
    static Database open(Path directory, List<String> tables, SharedMemory memory)
            throws RocksDBException {
        return open(directory, tables, memory, Way.CHANGE);
    }

    /** Opens what is in the directory, for reading only. */
    static Database openToRead(Path directory, List<String> tables, SharedMemory memory)
            throws RocksDBException {
        return open(directory, tables, memory, Way.READ);
    }

    private static Database open(Path directory, List<String> tables, SharedMemory memory, Way way)
            throws RocksDBException {
        // What is not there is missing: a database that is to be opened must not be made.
        DBOptions options = memory.databaseOptions().setCreateIfMissing(way == Way.MAKE);
        ColumnFamilyOptions tableOptions = memory.tableOptions();
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        families.add(new ColumnFamilyDescriptor(UNUSED, tableOptions));
        for (String table : tables) {
            families.add(new ColumnFamilyDescriptor(nameOf(table), tableOptions));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            RocksDB db =
                    way == Way.READ
                            ? RocksDB.openReadOnly(options, directory.toString(), families, handles)
                            : RocksDB.open(options, directory.toString(), families, handles);
            Database made =
                    new Database(directory, memory, db, options, tableOptions, tables, handles);
            if (way != Way.READ) {
                memory.add(made);
            }
            return made;
        } catch (RocksDBException | RuntimeException e) {
            options.close();
            tableOptions.close();
            throw e;
        }
    }

    private static byte[] nameOf(String table) {
        return (PREFIX + table).getBytes(StandardCharsets.UTF_8);
    }

    Path directory() {
        return directory;
    }

    ColumnFamilyHandle table(String name) {
        synchronized (tables) {
            return tables.get(name);
        }
    }

    ColumnFamilyHandle createTable(String name) {
        try {
            ColumnFamilyHandle made =
                    db.createColumnFamily(new ColumnFamilyDescriptor(nameOf(name), tableOptions));
            synchronized (tables) {
                tables.put(name, made);
            }
            return made;
        } catch (RocksDBException e) {
            throw failed("making the table '" + name + "'", e);
        }
    }

    /** Removes a table with all that is in it. */
    void dropTable(String name) {
        ColumnFamilyHandle table;
        synchronized (tables) {
            table = tables.remove(name);
        }
        try {
            db.dropColumnFamily(table);
        } catch (RocksDBException e) {
            throw failed("removing the table '" + name + "'", e);
        } finally {
            table.close();
        }
    }

    /**
     * Looks up a key.
     *
     * @param into of its beginning as much is filled in as fits
     * @return the length of the value, which may be more than fits, or {@link #NOT_FOUND}
     */
    int get(ColumnFamilyHandle table, BinaryWriter key, byte[] into) {
        return get(table, reads, key, into);
    }

    int get(ColumnFamilyHandle table, ReadOptions how, BinaryWriter key, byte[] into) {
        try {
            return db.get(table, how, key.array(), 0, key.size(), into, 0, into.length);
        } catch (RocksDBException e) {
            throw failed("reading", e);
        }
    }

    /** Writes all or nothing. */
    void write(BatchBuilder builder) {
        if (builder.count() == 0) {
            return;
        }
        try (WriteBatch batch = new WriteBatch(builder.toBytes())) {
            db.write(writes, batch);
        } catch (RocksDBException e) {
            throw failed("writing " + builder.sizeBytes() + " bytes", e);
        }
    }

    RocksIterator iterator(ColumnFamilyHandle table, ReadOptions how) {
        return db.newIterator(table, how);
    }

    Snapshot snapshot() {
        return db.getSnapshot();
    }

    void release(Snapshot snapshot) {
        db.releaseSnapshot(snapshot);
    }

    /** Writes all buffers to files and links all files into a new directory. */
    void link(Path target) {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw failed("linking the files into " + target, e);
        }
    }

    /** Takes over a file of ascending keys that {@link SharedMemory#fileOptions} made. */
    void ingest(ColumnFamilyHandle table, Path file) {
        try (IngestExternalFileOptions how = new IngestExternalFileOptions().setMoveFiles(true)) {
            db.ingestExternalFile(table, List.of(file.toString()), how);
        } catch (RocksDBException e) {
            throw failed("taking over " + file, e);
        }
    }

    /** Removes files that have nothing but keys of a range; others stay as they are. */
    void deleteFiles(ColumnFamilyHandle table, byte[] from, byte[] to) {
        try {
            db.deleteFilesInRanges(table, List.of(from, to), false);
        } catch (RocksDBException e) {
            throw failed("removing files", e);
        }
    }

    /** Has write buffers written to files soon, and does not wait for it. */
    void writeOutBuffers() {
        if (!lease()) {
            return;
        }
        try (FlushOptions how = new FlushOptions().setWaitForFlush(false)) {
            synchronized (tables) {
                db.flush(how, List.copyOf(tables.values()));
            }
        } catch (RocksDBException e) {
            // Whoever writes next learns of it, and fails its task; here nobody waits.
            LOG.warn("Write buffers could not be written out: directory={}", directory, e);
        } finally {
            release();
        }
    }

    /** About how many keys a table has; changed keys may count more than once. */
    long estimatedKeys(ColumnFamilyHandle table) {
        try {
            return db.getLongProperty(table, "rocksdb.estimate-num-keys");
        } catch (RocksDBException e) {
            throw failed("counting", e);
        }
    }

    /** Where a file may be written that is then taken over; RocksDB does not know it before. */
    Path newFile(String name) {
        return directory.resolve(name + ".rows");
    }

    Options fileOptions() {
        return new Options(options, tableOptions);
    }

    /** False if the owner has closed it already. Each lease is given back by {@link #release}. */
    synchronized boolean lease() {
        if (closed) {
            return false;
        }
        leases++;
        return true;
    }

    void release() {
        synchronized (this) {
            if (--leases > 0) {
                return;
            }
        }
        memory.remove(this);
        // Nobody else has it any more, and nobody can get it again.
        tables.values().forEach(ColumnFamilyHandle::close);
        unused.close();
        db.close();
        reads.close();
        writes.close();
        tableOptions.close();
        options.close();
        memory.release();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        release();
    }

    MillraceException failed(String what, RocksDBException cause) {
        return failed(what, directory, cause);
    }

    static MillraceException failed(String what, Path directory, RocksDBException cause) {
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                what
                        + " in "
                        + directory
                        + " failed: "
                        + cause.getMessage()
                        + ". The local state is of no use any more and is read again from the"
                        + " latest checkpoint. See whether the disk is full, read-only or broken.",
                cause);
    }
}
