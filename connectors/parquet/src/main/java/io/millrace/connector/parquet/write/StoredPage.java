package io.millrace.connector.parquet.write;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A page that waits for the end of its row group.
 *
 * @param bytes as they are in the file
 * @param rawBytes before they were compressed
 * @param values with those that are null
 */
record StoredPage(
        BytesInput bytes,
        int rawBytes,
        int values,
        int rows,
        Statistics<?> statistics,
        SizeStatistics sizes,
        Encoding encoding) {}
