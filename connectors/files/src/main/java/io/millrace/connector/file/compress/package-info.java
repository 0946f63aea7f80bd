/**
 * Files whose text is compressed. Way in: {@link
 * io.millrace.connector.file.compress.CompressWriters}. Threads: a writer is confined to its task.
 */
package io.millrace.connector.file.compress;
