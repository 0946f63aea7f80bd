/**
 * Text files in, files out, on any file system. Way in: {@link
 * io.millrace.connector.file.FileSource}, {@link io.millrace.connector.file.FileSink}. Uses the
 * public API only, as a third party would. Readers and writers are confined to their task. Design:
 * {@code docs/design/connector-files.md}.
 */
package io.millrace.connector.file;
