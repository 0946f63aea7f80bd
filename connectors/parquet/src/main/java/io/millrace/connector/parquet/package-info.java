/**
 * Files of Apache Parquet. Columns that are not nested are decoded here, many values at a time; the
 * rest by parquet-java. Way in: {@link io.millrace.connector.parquet.AvroParquetReaders} and {@link
 * io.millrace.connector.parquet.ParquetReaders} to read, {@link
 * io.millrace.connector.parquet.AvroParquetWriters} to write. Formats are immutable; what they open
 * is confined to its task. Design: {@code docs/design/formats.md}.
 */
package io.millrace.connector.parquet;
