/**
 * Keyed state on local disks: one RocksDB for each operator and subtask, and in front of it a
 * bounded cache of objects that is written back in batches.
 *
 * <p>Way in: {@link io.millrace.rocks.RocksBackendProvider}, found as a service. Threads: a back
 * end is confined to its task; what was frozen is settled and written by a snapshot thread, and
 * {@code FlushQueue} and {@code Database} say how the two share the database. Design: {@code
 * docs/design/rocks-state.md}.
 */
package io.millrace.rocks;
