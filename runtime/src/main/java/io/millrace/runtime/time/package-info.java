/**
 * Timers of a task: calls at a wall-clock time, and the timers of keys in both domains.
 *
 * <p>Way in: {@link io.millrace.runtime.time.ProcessingTimers} belongs to a task, {@link
 * io.millrace.runtime.time.KeyedTimers} to an operator. Threads: confined to the task. Design:
 * {@code docs/design/state.md}.
 */
package io.millrace.runtime.time;
