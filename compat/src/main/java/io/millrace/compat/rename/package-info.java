/**
 * Renames classes in compiled programs, so that an unmodified Flink jar runs here.
 *
 * <p>Way in: {@link Mapping} reads the rules, {@link JarRenamer} writes a renamed jar. A program is
 * renamed once, before it is submitted, so that every process sees the same classes. Design: {@code
 * docs/design/compat.md}.
 */
package io.millrace.compat.rename;
