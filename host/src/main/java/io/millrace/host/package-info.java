/**
 * The process side of the coordinator, for the application master and the embedded cluster: one
 * thread for its decisions, and everything that those need done. Way in: {@link
 * io.millrace.host.CoordinatorHost}.
 *
 * <p>Threads: {@code coordinator} owns the coordinator, its timers, the journal, the links to
 * workers and the list of what runs; all others only post to its queue or read the published view.
 * Design: {@code docs/design/host.md}.
 */
package io.millrace.host;
