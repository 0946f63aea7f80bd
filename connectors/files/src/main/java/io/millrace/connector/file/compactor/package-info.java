/**
 * Puts small files together before they are committed: a strategy says when, a compactor says how.
 * Way in: {@code FileSink…enableCompact}. Threads: the operators are confined to their tasks,
 * compactors are called on threads of the task's own, one file at a time each. Design: {@code
 * docs/design/connector-files.md}.
 */
package io.millrace.connector.file.compactor;
