/**
 * Which nodes get no new tasks and workers for a while, since things keep going wrong there. Way
 * in: {@link io.millrace.coordinator.blocklist.Blocklist}; the {@code WorkerPool} asks it. Confined
 * to the coordinator's thread; reads no clock. Design: {@code docs/design/control-plane.md}.
 */
package io.millrace.coordinator.blocklist;
