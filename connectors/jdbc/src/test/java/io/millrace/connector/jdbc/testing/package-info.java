/**
 * A real PostgreSQL for tests. Way in: {@link io.millrace.connector.jdbc.testing.SharedPostgres},
 * which starts one server for all test classes of a run and gives each a database of its own.
 */
package io.millrace.connector.jdbc.testing;
