/**
 * What every source and every sink must keep to, as tests. A connector's test class extends {@link
 * io.millrace.testutils.connector.SourceContract} or {@link
 * io.millrace.testutils.connector.SinkContract} and says what it reads or writes; JUnit 5 finds the
 * tests. No cluster runs: a test is enumerator and readers, or writer and committer, and stops them
 * wherever a job may fail. Threads: all calls come from the test's thread.
 */
package io.millrace.testutils.connector;
