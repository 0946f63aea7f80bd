package io.millrace.connector.parquet;

import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FSDataInputStream;
import java.io.IOException;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.RecordMaterializer;

/**
 * The row groups of a file one by one, for those who keep tables in files and make their rows
 * themselves: neither parquet-java's file classes nor Hadoop's are needed. Stateless.
 */
public final class ParquetRowGroups {
    private ParquetRowGroups() {}

    /** Rows of a group, in order. Confined to its user. */
    public interface Rows<T> {
        /**
         * The next row, or null behind the last one, when all pages were as they say.
         *
         * @throws MillraceException {@code INPUT_MALFORMED} naming file and column
         */
        T next() throws IOException;
    }

    /**
     * What is in a file.
     *
     * @param file of which nothing but the last bytes is read
     * @param fileBytes length of the file
     * @param tailBytes so many at the end have the footer
     * @param where the file, for messages
     * @throws MillraceException {@code INPUT_MALFORMED}
     */
    public static ParquetMetadata footer(
            FSDataInputStream file, long fileBytes, int tailBytes, String where)
            throws IOException {
        return Footer.read(file, fileBytes, tailBytes, where);
    }

    /**
     * All columns of a row group, whatever their structure.
     *
     * @param file stays open; positions in it are those of the footer
     * @param materializer for the schema of the file; used by these rows alone
     * @param where the file, for messages
     */
    public static <T> Rows<T> rows(
            FSDataInputStream file,
            ParquetMetadata footer,
            BlockMetaData group,
            RecordMaterializer<T> materializer,
            String where) {
        AssembledRecords<T> records =
                new AssembledRecords<>(
                        footer.getFileMetaData().getSchema(),
                        footer.getFileMetaData().getSchema(),
                        materializer,
                        footer.getFileMetaData().getCreatedBy(),
                        where);
        records.open(file, group);
        return new Rows<>() {
            private long left = group.getRowCount();

            @Override
            public T next() throws IOException {
                if (left == 0) {
                    return null;
                }
                T row = records.next();
                if (--left == 0) {
                    records.end();
                }
                return row;
            }
        };
    }

    /** Codecs for parquet-java's writers: UNCOMPRESSED, SNAPPY, GZIP, ZSTD and LZ4_RAW. */
    public static CompressionCodecFactory codecs() {
        return new PageCodecs();
    }

    /**
     * Compresses pages by Zstandard; one for each user.
     *
     * @param level from 1, the fastest; that of {@link #compressor} is 3
     */
    public static CompressionCodecFactory.BytesInputCompressor zstdCompressor(int level) {
        return new PageCodecs.Compressor(CompressionCodecName.ZSTD, level);
    }

    /**
     * Compresses pages; one for each user.
     *
     * @throws IllegalArgumentException if that codec is not one of {@link #codecs}
     */
    public static CompressionCodecFactory.BytesInputCompressor compressor(
            CompressionCodecName codec) {
        if (!Codecs.isKnown(codec)) {
            throw new IllegalArgumentException(
                    "Pages are not compressed by "
                            + codec
                            + ": use UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW.");
        }
        return new PageCodecs().getCompressor(codec);
    }
}
