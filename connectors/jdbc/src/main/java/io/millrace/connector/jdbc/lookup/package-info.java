/**
 * Rows of a table for the records of a stream, asked by key. {@link
 * io.millrace.connector.jdbc.lookup.JdbcLookup} is the way in: it describes the query, and makes
 * the functions.
 *
 * <p>Threads: {@code JdbcLookupFunction} asks on the task's thread, {@code AsyncJdbcLookupFunction}
 * on threads of its own with a connection each; the cache between them is thread-safe. Design:
 * {@code docs/design/connector-jdbc.md}.
 */
package io.millrace.connector.jdbc.lookup;
