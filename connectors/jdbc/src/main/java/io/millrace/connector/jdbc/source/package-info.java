/**
 * Rows of queries. {@link io.millrace.connector.jdbc.source.JdbcSource} is the way in; {@code
 * JdbcInputFormat} is the older shape.
 *
 * <p>Threads: a reader is confined to its task and hands its splits to a {@code QueryLoop}, a
 * thread of its own, which waits for the database; {@code RowQueue} is between them. Design: {@code
 * docs/design/connector-jdbc.md}.
 */
package io.millrace.connector.jdbc.source;
