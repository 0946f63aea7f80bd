/**
 * Writes files of Apache ORC by orc-core's writer, over the streams of the API. Way in: {@link
 * io.millrace.connector.orc.writer.OrcWriters}, or a {@link
 * io.millrace.connector.orc.writer.Vectorizer} of the program's own. Factories are immutable but
 * for the memory that their files share; writers are confined to their task. Design: {@code
 * docs/design/formats.md}.
 */
package io.millrace.connector.orc.writer;
