/**
 * The operators of windows: a general one for any assigner, trigger and evictor, and those that
 * know the arithmetic of their windows and keep one row for each key.
 *
 * <p>Way in: {@link io.millrace.runtime.operator.StreamOperators} gives the class for a kind.
 * Threads: confined to the task. Design: {@code docs/design/windows.md}.
 */
package io.millrace.runtime.operator.window;
