/**
 * Into which parts a query is cut: each array of parameters makes a split. Way in: {@link
 * io.millrace.connector.jdbc.split.JdbcParameterValuesProvider}. Immutable values; called where the
 * job's graph is made, and where splits are given out.
 */
package io.millrace.connector.jdbc.split;
