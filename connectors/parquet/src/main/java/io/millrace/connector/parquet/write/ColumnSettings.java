package io.millrace.connector.parquet.write;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How pages are made; the defaults are parquet-java's for files of version 1.
 *
 * @param codec UNCOMPRESSED, SNAPPY, GZIP, ZSTD or LZ4_RAW
 * @param dictionaries whether columns begin with one
 * @param pageBytes of values before they are encoded; a page ends with the row that reaches them
 * @param pageRows at most so many rows in a page
 * @param dictionaryBytes a larger dictionary is given up
 * @param deltas whether whole numbers without a dictionary are packed as differences where that is
 *     smaller than they are; a column that begins so is not compressed besides, as there is nothing
 *     left to find
 */
public record ColumnSettings(
        CompressionCodecName codec,
        boolean dictionaries,
        int pageBytes,
        int pageRows,
        int dictionaryBytes,
        boolean deltas) {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_ROWS = 20_000;
    private static final int DICTIONARY_BYTES = 1 << 20;

    public ColumnSettings {
        if (pageBytes < 1 || pageRows < 1 || dictionaryBytes < 0) {
            throw new IllegalArgumentException(
                    "pages of "
                            + pageBytes
                            + " bytes and "
                            + pageRows
                            + " rows with dictionaries of "
                            + dictionaryBytes
                            + " bytes cannot be written: give positive numbers");
        }
    }

    /** Without differences. */
    public ColumnSettings(
            CompressionCodecName codec,
            boolean dictionaries,
            int pageBytes,
            int pageRows,
            int dictionaryBytes) {
        this(codec, dictionaries, pageBytes, pageRows, dictionaryBytes, false);
    }

    /** The same with numbers packed as differences. */
    public ColumnSettings withDeltas() {
        return new ColumnSettings(codec, dictionaries, pageBytes, pageRows, dictionaryBytes, true);
    }

    /** Pages of 1 MiB or 20,000 rows, dictionaries of up to 1 MiB. */
    public static ColumnSettings of(CompressionCodecName codec) {
        return new ColumnSettings(codec, true, PAGE_BYTES, PAGE_ROWS, DICTIONARY_BYTES);
    }
}
