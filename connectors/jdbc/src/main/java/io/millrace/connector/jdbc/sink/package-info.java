/**
 * Records to tables. {@link io.millrace.connector.jdbc.sink.JdbcSink} is the way in; a writer for
 * each subtask sends batches, and with exactly-once leaves a prepared transaction for each
 * checkpoint, which {@code JdbcCommitter} commits beside the coordinator.
 *
 * <p>Threads: a writer is confined to its task, a committer to the thread that commits; both wait
 * for the database. Design: {@code docs/design/connector-jdbc.md}.
 */
package io.millrace.connector.jdbc.sink;
