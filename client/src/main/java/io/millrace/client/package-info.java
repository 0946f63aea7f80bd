/**
 * The {@code millrace} command line. Way in: {@link io.millrace.client.Millrace}, which names the
 * commands; each command is a class that reads its arguments and calls one room below.
 *
 * <p>People read standard error and tables, programs read standard output and JSON. Exit codes are
 * those of {@link io.millrace.api.error.ErrorCode#exitCode}. One thread. Design: {@code
 * docs/design/client.md}.
 */
package io.millrace.client;
