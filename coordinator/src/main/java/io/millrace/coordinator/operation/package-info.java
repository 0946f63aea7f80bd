/**
 * What people ask of a running job and wait for: savepoints, and ends with one. Each has an id, is
 * asked for once however often that is said, and its outcome is told for as long as the application
 * lives, under every leader and after the job. Way in: {@link
 * io.millrace.coordinator.operation.OperationLedger}. Confined to the coordinator's thread. Design:
 * {@code docs/design/savepoint-operations.md}.
 */
package io.millrace.coordinator.operation;
