/**
 * For the tests of programs: clusters in the test's process, sinks that keep what they get, and, in
 * {@code operator}, harnesses for one function or operator.
 *
 * <p>Way in: {@link io.millrace.testutils.MiniClusterExtension} with JUnit 5, {@link
 * io.millrace.testutils.MiniClusterWithClientResource} with JUnit 4, {@link
 * io.millrace.testutils.CollectingSink}. Names and signatures are those of Flink's test utilities.
 */
package io.millrace.testutils;
