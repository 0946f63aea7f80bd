/**
 * Which workers exist, which slots are free, how many workers are wanted. Way in: {@code
 * WorkerPool} for the decisions, {@link io.millrace.coordinator.resource.ResourceDriver} for the
 * clusters that carry them out. Decisions are confined to the coordinator's thread.
 */
package io.millrace.coordinator.resource;
