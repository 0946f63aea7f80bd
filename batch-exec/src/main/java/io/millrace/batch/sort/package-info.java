/**
 * Sorts more than memory holds: records as bytes in pages, beside an index of key prefixes; sorted
 * runs on local disk; a merge of the runs.
 *
 * <p>Way in: {@link io.millrace.batch.sort.ExternalSorter}, with a {@link
 * io.millrace.batch.sort.SortOrder} over a {@link io.millrace.batch.sort.KeyNormalizer}. Threads:
 * everything is confined to the caller, but for the writing and reading of files that {@link
 * io.millrace.batch.sort.SortSettings#background} may do. Design: {@code docs/design/batch.md}.
 */
package io.millrace.batch.sort;
