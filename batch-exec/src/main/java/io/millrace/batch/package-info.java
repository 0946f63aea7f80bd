/**
 * Bounded execution: operators that give final results only, in bounded memory.
 *
 * <p>Way in: {@link io.millrace.batch.BatchOperators}, the catalogue that a worker is assembled
 * with; it serves streaming jobs too. Threads: operators and their tables and files are confined to
 * the task. Design: {@code docs/design/batch.md}.
 */
package io.millrace.batch;
