/**
 * Finds the pairs of two bounded inputs in bounded memory: by a table of one of them, by sorting
 * both, or by sorting what the table has no room for.
 *
 * <p>Way in: {@link io.millrace.batch.join.HybridJoin}. Confined to the task of their operator.
 * Design: {@code docs/design/batch.md}.
 */
package io.millrace.batch.join;
