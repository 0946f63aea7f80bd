/**
 * Ports the sources of a Flink program: rewrites Flink's names to ours and says which have no
 * counterpart.
 *
 * <p>Way in: {@link SourceTree} for files and directories, {@link SourcePort} for one text. Design:
 * {@code docs/design/compat.md}.
 */
package io.millrace.compat.source;
