package io.millrace.connector.parquet;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * The end of a file, which says what is in it: {@code footer | length 4, little endian | "PAR1"}.
 * The bytes are checked before anything is sized by them: no list is longer than the footer, and
 * every chunk lies in front of it.
 */
final class Footer {
    private static final int TAIL_BYTES = 8;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MAGIC_ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

    /** Read at once: holds the whole footer of most files. */
    private static final int FIRST_READ_BYTES = 64 << 10;

    private Footer() {}

    /**
     * @param fileBytes length of the file
     * @param where the file, for messages
     */
    static ParquetMetadata read(FSDataInputStream file, long fileBytes, String where)
            throws IOException {
        return read(file, fileBytes, FIRST_READ_BYTES, where);
    }

    /**
     * @param firstBytes read at once, from the end
     */
    static ParquetMetadata read(
            FSDataInputStream file, long fileBytes, int firstBytes, String where)
            throws IOException {
        if (fileBytes < MAGIC.length + TAIL_BYTES) {
            throw Malformed.file(where, "it has only " + fileBytes + " bytes");
        }
        int first = (int) Math.min(fileBytes, Math.max(firstBytes, TAIL_BYTES));
        byte[] tail = readAt(file, fileBytes - first, first, where);
        byte[] magic = Arrays.copyOfRange(tail, first - MAGIC.length, first);
        if (Arrays.equals(magic, MAGIC_ENCRYPTED)) {
            throw Malformed.schema(where, "the file is encrypted; encrypted files are not read");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw Malformed.file(where, "it does not end with PAR1");
        }
        long length = LittleEndian.intAt(tail, first - TAIL_BYTES) & 0xFFFFFFFFL;
        if (length > fileBytes - MAGIC.length - TAIL_BYTES || length > Integer.MAX_VALUE / 2) {
            throw Malformed.file(
                    where, "its footer of " + length + " bytes does not fit in " + fileBytes);
        }
        byte[] footer =
                length + TAIL_BYTES <= first
                        ? Arrays.copyOfRange(
                                tail, first - TAIL_BYTES - (int) length, first - TAIL_BYTES)
                        : readAt(file, fileBytes - TAIL_BYTES - length, (int) length, where);
        return parse(footer, fileBytes - TAIL_BYTES - length, where);
    }

    private static byte[] readAt(FSDataInputStream file, long offset, int length, String where)
            throws IOException {
        file.seek(offset);
        byte[] bytes = file.readNBytes(length);
        if (bytes.length < length) {
            throw Malformed.file(
                    where,
                    "it ends at byte " + (offset + bytes.length) + ", though it was longer before");
        }
        return bytes;
    }

    private static ParquetMetadata parse(byte[] footer, long footerOffset, String where)
            throws IOException {
        try {
            FileMetaData raw = new FileMetaData();
            raw.read(
                    new TCompactProtocol(
                            new TIOStreamTransport(new ByteArrayInputStream(footer)),
                            footer.length,
                            footer.length));
            raw.validate();
            ParquetMetadata metadata = new ParquetMetadataConverter().fromParquetMetadata(raw);
            long rows = 0;
            for (BlockMetaData group : metadata.getBlocks()) {
                check(group, footerOffset, where);
                rows = Math.addExact(rows, group.getRowCount());
            }
            if (rows != raw.getNum_rows()) {
                throw Malformed.file(
                        where,
                        "its row groups have " + rows + " rows, the file " + raw.getNum_rows());
            }
            return metadata;
        } catch (TException e) {
            throw Malformed.file(where, "its footer cannot be read: " + e.getMessage(), e);
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Malformed.file(where, "its footer is damaged: " + e, e);
        }
    }

    private static void check(BlockMetaData group, long footerOffset, String where) {
        if (group.getRowCount() < 0 || group.getColumns().isEmpty()) {
            throw Malformed.file(
                    where,
                    "a row group has "
                            + group.getRowCount()
                            + " rows and "
                            + group.getColumns().size()
                            + " columns");
        }
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            long start = chunk.getStartingPos();
            long bytes = chunk.getTotalSize();
            if (start < MAGIC.length || bytes < 0 || bytes > footerOffset - start) {
                throw Malformed.file(
                        where,
                        "column "
                                + chunk.getPath().toDotString()
                                + " has "
                                + bytes
                                + " bytes from byte "
                                + start
                                + " on, but the footer begins at "
                                + footerOffset);
            }
        }
    }
}
