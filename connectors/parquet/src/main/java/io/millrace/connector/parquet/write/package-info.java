/**
 * Writes the columns of Parquet: values and their levels are gathered in primitive arrays, and each
 * full page is encoded and compressed. Way in: {@link
 * io.millrace.connector.parquet.write.RowGroupColumns}. Files (footer, indexes, checksums) are
 * parquet-java's. Confined to one thread. Design: {@code docs/design/formats.md}.
 */
package io.millrace.connector.parquet.write;
