/**
 * Rows of databases in and out: the options that source, sink and lookup share, and what errors of
 * drivers mean. Way in: the packages {@code source}, {@code sink} and {@code lookup}. Uses the
 * public API, JDBC and a cache only, as a third party would; drivers come with the job. Design:
 * {@code docs/design/connector-jdbc.md}.
 */
package io.millrace.connector.jdbc;
