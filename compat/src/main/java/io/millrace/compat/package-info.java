/**
 * Flink's names and ours: the command that ports sources, renames jars and says how much of Flink's
 * API is here.
 *
 * <p>Way in: {@link io.millrace.compat.Compat}. Nothing here is needed to run a program that has
 * been ported or renamed. Design: {@code docs/design/compat.md}.
 */
package io.millrace.compat;
