/**
 * Keyed state in the memory of the process: objects in hash tables that can be frozen at any time.
 *
 * <p>Way in: {@link io.millrace.runtime.state.heap.HeapBackendProvider}, found as a service. A
 * table has {@code Rows} for each key group, and these have {@code Unit}s, small tables that are
 * copied when they are frozen and change. Threads: confined to the task; what is frozen is read by
 * a snapshot thread too. Design: {@code docs/design/state.md}.
 */
package io.millrace.runtime.state.heap;
