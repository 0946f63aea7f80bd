/**
 * The control plane as pure logic: an event goes in, effects come out. Way in: {@code
 * Coordinator.on}. One logical thread; no clocks, threads, sockets or files: time comes with the
 * event, and the host carries the effects out. Design: {@code docs/design/control-plane.md}.
 */
package io.millrace.coordinator;
