/**
 * The jobs of a coordinator by their ids, from acceptance to long after their end. Way in: {@link
 * io.millrace.coordinator.dispatch.Dispatcher}. Confined to the coordinator's thread.
 */
package io.millrace.coordinator.dispatch;
