/**
 * Where subtasks run. Way in: {@link io.millrace.coordinator.schedule.SlotLayout} says which
 * subtasks share a slot, {@link io.millrace.coordinator.schedule.SlotAssignment} which worker gives
 * the slot. Pure functions of values; any thread.
 */
package io.millrace.coordinator.schedule;
