/**
 * Results that functions collect beside their records: each subtask adds to its own accumulator,
 * the engine merges those of one name when the job ends. Way in: {@link
 * io.millrace.api.function.RuntimeContext#addAccumulator} and {@code
 * JobExecutionResult.getAccumulatorResult}. Accumulators are confined to the task.
 */
package io.millrace.api.accumulator;
