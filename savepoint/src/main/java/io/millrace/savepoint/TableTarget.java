package io.millrace.savepoint;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.runtime.checkpoint.SnapshotPace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Where tables are written, and how fast. Thread-safe.
 *
 * @param directory of the savepoint, qualified
 * @param fileBytes a file of a keyed table is made of about so many bytes of a checkpoint
 * @param begun the files that were begun, relative to the directory
 */
record TableTarget(
        FileSystem files, Path directory, long fileBytes, SnapshotPace pace, List<String> begun) {
    /** What a file of a keyed table is made of. */
    static final long FILE_BYTES = 512L << 20;

    private static final CompressionCodecName CODEC = CompressionCodecName.ZSTD;

    /** A file of its own is worth it from so many on. */
    private static final long WORTHWHILE_BYTES = 64L << 20;

    /** That share of the heap, its reciprocal, is for all writers. */
    private static final int OF_HEAP = 16;

    TableTarget(FileSystem files, Path directory, long fileBytes, SnapshotPace pace) {
        this(files, directory, fileBytes, pace, new CopyOnWriteArrayList<>());
    }

    /** As many as there are processors, or fewer in a small heap. */
    int writers() {
        Runtime runtime = Runtime.getRuntime();
        long inMemory = runtime.maxMemory() / (OF_HEAP * writerBytes());
        return (int) Math.max(1, Math.min(runtime.availableProcessors(), inMemory));
    }

    /**
     * A writer has two pieces of its source in memory, of about 4 MB, and a row group: a page of
     * each leaf before it is encoded, and those that are, as much as before if nothing compresses
     * them.
     */
    private long writerBytes() {
        return 2 * rowGroupBytes();
    }

    /**
     * How many files a keyed table is made of: several already where each of several writers has
     * enough to do, since segments may be packed and files are written side by side.
     *
     * @param bytes of the table in the checkpoint
     */
    int files(long bytes) {
        return (int) Math.max(bytes / fileBytes + 1, Math.min(writers(), bytes / WORTHWHILE_BYTES));
    }

    /** A row group of a table that grows is made of about so many bytes of a checkpoint. */
    long rowGroupBytes() {
        return Math.min(TableFile.ENOUGH_BYTES, fileBytes);
    }

    /** Rows of a file that {@link #create} makes, to be appended to it. */
    static TableRows rows(TableLayout layout) {
        return new TableRows(layout, CODEC);
    }

    TableFile create(String path, TableLayout layout, Map<String, String> metadata)
            throws IOException {
        begun.add(path);
        try {
            return TableFile.create(files, directory, path, layout, metadata, CODEC);
        } catch (FileAlreadyExistsException e) {
            begun.remove(path); // it is another's
            throw e;
        }
    }
}
