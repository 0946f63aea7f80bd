/**
 * Files of Apache ORC. Bytes are read here, by the file systems of the API; columns are decoded by
 * orc-core, many values at a time. Way in: {@link io.millrace.connector.orc.OrcReaders}. Formats
 * are immutable; what they open is confined to its task. Design: {@code docs/design/formats.md}.
 */
package io.millrace.connector.orc;
