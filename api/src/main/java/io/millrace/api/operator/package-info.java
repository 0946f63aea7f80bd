/**
 * Operators that programs write themselves: they see records, watermarks and idleness one by one,
 * and have timers.
 *
 * <p>Way in: extend {@link io.millrace.api.operator.AbstractStreamOperator}, implement {@link
 * io.millrace.api.operator.OneInputStreamOperator} or {@link
 * io.millrace.api.operator.TwoInputStreamOperator}, and hand the operator, or a factory of it, to
 * {@code transform} of a stream.
 *
 * <p>Threads: an operator is confined to its task. Design: {@code docs/design/tasks.md}.
 */
package io.millrace.api.operator;
