/**
 * What only bounded streams can have: a sort of all records, and joins without windows.
 *
 * <p>Way in: {@link io.millrace.api.bounded.Bounded}. Built in {@code main()}, by one thread; run
 * by the operators of batch execution. Design: {@code docs/design/batch.md}.
 */
package io.millrace.api.bounded;
