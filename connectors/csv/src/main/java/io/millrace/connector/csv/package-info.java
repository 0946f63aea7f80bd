/**
 * Files of comma-separated values, through Jackson. Way in: {@link
 * io.millrace.connector.csv.CsvReaderFormat} and {@link io.millrace.connector.csv.CsvBulkWriter}.
 * Formats are immutable; what they open is confined to its task. Design: {@code
 * docs/design/formats.md}.
 */
package io.millrace.connector.csv;
