/**
 * Harnesses for one function or operator: records, watermarks and the clock come from the test, one
 * by one, and what is emitted lies in a queue. A function runs in the operator that runs it in a
 * job.
 *
 * <p>Way in: {@link io.millrace.testutils.operator.ProcessFunctionTestHarnesses} for process
 * functions; {@link io.millrace.testutils.operator.OneInputStreamOperatorTestHarness} and its
 * relatives for operators; those of broadcast functions in this package stand for the engine's.
 * Confined to the test's thread.
 */
package io.millrace.testutils.operator;
