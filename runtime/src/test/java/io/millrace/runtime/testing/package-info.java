/**
 * What tests of the data plane share: a harness for one operator, a clock that stands still, jobs
 * that run in one process without a coordinator, sources and sinks for them. In the test-jar only.
 */
package io.millrace.runtime.testing;
