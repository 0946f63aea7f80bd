package io.millrace.savepoint;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.connector.parquet.LeafBatches;
import io.millrace.connector.parquet.ParquetRowGroups;
import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * A file of a savepoint that is read. Every byte that is believed has been held against a checksum
 * of the manifest. Thread-safe: each row group is read by itself.
 */
final class TableInput {
    private final FileSystem files;
    private final Path path;
    private final ParquetMetadata footer;

    private TableInput(FileSystem files, Path path, ParquetMetadata footer) {
        this.files = files;
        this.path = path;
        this.footer = footer;
    }

    /**
     * @param length of the file
     * @param tailOffset where its last row group ends
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}
     */
    static TableInput open(Path path, long length, long tailOffset, int tailCrc)
            throws IOException {
        FileSystem files = path.getFileSystem();
        if (length - tailOffset > Integer.MAX_VALUE - 8 || length <= tailOffset) {
            throw damaged(path, "its last " + (length - tailOffset) + " bytes cannot be its own");
        }
        byte[] tail = read(files, path, tailOffset, (int) (length - tailOffset), tailCrc);
        try {
            return new TableInput(
                    files,
                    path,
                    ParquetRowGroups.footer(
                            new MemoryInput(tail, tailOffset),
                            length,
                            tail.length,
                            path.toString()));
        } catch (MillraceException e) {
            throw damaged(path, e.getMessage());
        } catch (EOFException e) {
            throw damaged(path, "its footer is longer than the manifest says");
        }
    }

    private static byte[] read(FileSystem files, Path path, long offset, int length, int crc)
            throws IOException {
        byte[] bytes;
        try (FSDataInputStream in = files.open(path)) {
            in.seek(offset);
            bytes = in.readNBytes(length);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw damaged(path, "it is missing");
        } catch (EOFException e) {
            throw damaged(path, "it ends before byte " + offset);
        }
        if (bytes.length < length) {
            throw damaged(
                    path,
                    "it has "
                            + (offset + bytes.length)
                            + " bytes, the manifest says that there are "
                            + (offset + length));
        }
        int found = Crc.of(bytes);
        if (found != crc) {
            throw damaged(
                    path,
                    "the "
                            + length
                            + " bytes at "
                            + offset
                            + " have the checksum "
                            + Crc.text(found)
                            + ", "
                            + Crc.text(crc)
                            + " was written");
        }
        return bytes;
    }

    static MillraceException damaged(Path path, String what) {
        return new MillraceException(
                ErrorCode.CHECKPOINT_FILE_CORRUPT,
                path
                        + " of a savepoint is not what was written: "
                        + what
                        + ". 'millrace savepoint verify' lists all damage; copy the savepoint again,"
                        + " or use another one.");
    }

    /** What the file says of itself. */
    Map<String, String> metadata() {
        return footer.getFileMetaData().getKeyValueMetaData();
    }

    /**
     * Whether a row group can have rows of which a condition is true.
     *
     * @param layout as the file was written by
     */
    boolean mayHold(RowFilter filter, TableLayout layout, long offset) {
        return groupAt(offset)
                .map(group -> RowGroupFilter.mayHold(filter, layout, group))
                .orElse(true); // whoever reads it will say what is wrong
    }

    /**
     * The rows of a row group, which is in memory while they are read.
     *
     * @param layout as the file was written by
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT}, also from the rows
     */
    Rows<Object[]> rows(TableLayout layout, long offset, long length, int crc) throws IOException {
        BlockMetaData group = group(layout, offset);
        Rows<Object[]> rows =
                ParquetRowGroups.rows(
                        new MemoryInput(bytes(group, length, crc), offset),
                        footer,
                        group,
                        layout.materializer(),
                        path.toString());
        return () -> next(rows);
    }

    /**
     * The same without trees.
     *
     * @return null if the layout has columns that are repeated
     */
    StoredTableRows rowsWithoutTrees(TableLayout layout, long offset, long length, int crc)
            throws IOException {
        if (!LeafBatches.canRead(layout.message())) {
            return null;
        }
        BlockMetaData group = group(layout, offset);
        MemoryInput content = new MemoryInput(bytes(group, length, crc), offset);
        try {
            return new StoredTableRows(
                    layout, new LeafBatches(content, footer, group, path.toString()), path);
        } catch (MillraceException e) {
            throw damaged(path, e.getMessage());
        }
    }

    /** About so many bytes a row group has in the form of checkpoints; 0 if there is none there. */
    long likelyBytes(long offset) {
        return groupAt(offset).map(BlockMetaData::getTotalByteSize).orElse(0L);
    }

    private Optional<BlockMetaData> groupAt(long offset) {
        return footer.getBlocks().stream()
                .filter(group -> group.getStartingPos() == offset)
                .findFirst();
    }

    private BlockMetaData group(TableLayout layout, long offset) {
        if (!SameColumns.are(layout.message(), footer.getFileMetaData().getSchema())) {
            throw damaged(
                    path,
                    "its columns are "
                            + footer.getFileMetaData().getSchema()
                            + " and not "
                            + layout.message());
        }
        return groupAt(offset)
                .orElseThrow(() -> damaged(path, "it has no row group at byte " + offset));
    }

    private byte[] bytes(BlockMetaData group, long length, int crc) throws IOException {
        return read(files, path, group.getStartingPos(), Math.toIntExact(length), crc);
    }

    private Object[] next(Rows<Object[]> rows) throws IOException {
        try {
            return rows.next();
        } catch (MillraceException e) {
            throw damaged(path, e.getMessage());
        }
    }
}
